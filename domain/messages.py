"""The sentences that members and moderators read, in Chinese and English."""

from enum import Enum

from domain.audience import Audience
from domain.language import Language


class Message(Enum):
    """A sentence as (Chinese, English). Names in braces are placeholders."""

    SIGN_IN_FIRST = (
        "请先登录。",
        "Please sign in first.",
    )
    YOU_ARE_MUTED = (
        "您已被禁言，暂时无法发布内容。原因和申诉入口见“处理记录”。",
        "You are muted and cannot publish for now. See your decisions for the reason and how to appeal.",
    )
    YOU_ARE_SUSPENDED = (
        "您的账号已被限时封禁，其间仍可浏览和申诉。详情见“处理记录”。",
        "Your account is suspended. You can still read and appeal. See your decisions for the reason.",
    )
    YOU_ARE_BANNED = (
        "您的账号已被封禁，仍可浏览和申诉。详情见“处理记录”。",
        "Your account is banned. You can still read and appeal. See your decisions for the reason.",
    )
    VERIFY_FIRST = (
        "请先完成实名认证再发布内容，浏览等其他功能不受影响。",
        "Please verify your identity before you publish. Everything else stays open.",
    )
    CLAIMED_BY_ANOTHER = (
        "该案件正由另一位版主处理。",
        "Another moderator is working on this case.",
    )
    CLAIMS_FULL = (
        "最多同时认领 {most} 个案件，请先处理或退回一些。",
        "You can claim at most {most} cases at once. Please decide or release some first.",
    )
    DECIDED_ABOUT_YOU = (
        "您的账号或内容有新的处理结果，原因见“处理记录”。",
        "There is a new decision about your account or content. See the decision for the reason.",
    )
    EDIT_APPROVED = (
        "您的修改已通过审核，现已生效。",
        "Your edit was approved and is now shown.",
    )
    EDIT_REJECTED = (
        "您的修改未通过审核，仍显示修改前的内容。原因和修改稿已保留，可在“待审修改”中查看。",
        "Your edit was not approved; the previous text stays. The reason and your draft are in the pending edit.",
    )
    YOUR_APPEAL_DECIDED = (
        "您的申诉已有结果，详情见“处理记录”。",
        "Your appeal has been decided. See the decision for details.",
    )
    REPORT_ACTED_ON = (
        "您举报的内容已处理，感谢您的举报。",
        "We have acted on your report. Thank you for reporting.",
    )
    REPORT_LEFT_ALONE = (
        "经审核，您举报的内容暂未发现违规，本次不作处理。感谢您的举报。",
        "We have reviewed your report and found no violation this time. Thank you for reporting.",
    )
    REPORT_LOOKED_AT_AGAIN = (
        "您的举报正在重新审核。",
        "Your report is being reviewed again.",
    )
    REPORT_LOOKED_AT = (
        "您的举报已审核完毕。",
        "Your report has been reviewed.",
    )
    WARNING_ENDED = (
        "您收到的警告已到期。",
        "The warning on your account has ended.",
    )
    MUTE_ENDED = (
        "您的禁言已到期，可以继续发布内容了。",
        "You are no longer muted and can publish again.",
    )
    VERIFICATION_ENDED = (
        "您已无需实名认证，可以继续发布内容了。",
        "You no longer have to verify your identity and can publish again.",
    )
    SUSPENSION_ENDED = (
        "您账号的限时封禁已到期，现已恢复正常。",
        "The suspension of your account has ended.",
    )
    BAN_ENDED = (
        "您的账号已解封。",
        "Your account is no longer banned.",
    )
    TOO_MANY = (
        "一次最多处理 {most} 项。",
        "At most {most} at once.",
    )
    TEMPLATES_FULL = (
        "模板数量已达上限（{most} 个）。",
        "There can be at most {most} templates.",
    )
    NAME_AN_END = (
        "请填写处罚的结束时间。",
        "Please give the end of the sanction.",
    )
    NOTHING_TO_END = (
        "此操作无需填写结束时间。",
        "This action takes no end.",
    )
    END_OUT_OF_RANGE = (
        "结束时间须晚于现在，且不超过 {days} 天。",
        "The end must be later than now and at most {days} days away.",
    )
    NEEDS_A_CASE = (
        "此操作须关联一个案件。",
        "This action needs a case.",
    )
    NOT_ABOUT_THIS = (
        "此操作不适用于该对象。",
        "This action does not apply to this kind of target.",
    )
    NO_APPEAL = (
        "此类处理不支持申诉。",
        "Decisions of this kind cannot be appealed.",
    )
    APPEAL_TOO_LATE = (
        "已过申诉期限，申诉须在处理后 {days} 天内提出。",
        "The time to appeal has passed. Appeals must be made within {days} days of the decision.",
    )
    ALREADY_APPEALED = (
        "您已对该处理提出过申诉，每次处理只能申诉一次。",
        "You have already appealed this decision. Each decision can be appealed once.",
    )
    TAKEN_BACK = (
        "该处理已被撤销。",
        "This decision has been undone.",
    )
    APPEAL_DECIDED = (
        "该申诉已有结果。",
        "This appeal has been decided.",
    )
    APPEAL_FULL = (
        "申诉双方各最多补充 {most} 条说明。",
        "Each side can add at most {most} messages to an appeal.",
    )
    NOT_TO_UNDO = (
        "该处理不能撤销。",
        "This decision cannot be undone.",
    )
    UNDO_TOO_LATE = (
        "处理后 {minutes} 分钟内才能撤销，如需更改请重新处理。",
        "A decision can be undone within {minutes} minutes. Please make a new decision instead.",
    )
    DECIDED_SINCE = (
        "此后已有新的处理，请先查看。",
        "There has been another decision since. Please look at it first.",
    )
    UNDONE = (
        "版主已撤销刚才的处理。",
        "The moderator has undone this decision.",
    )
    LIFTING_UNDONE = (
        "版主已撤销解除操作，原处罚继续有效。",
        "The moderator has undone the lifting. The earlier sanction is in force again.",
    )
    SIGN_IN_FAILED = (
        "账号或密码不正确。",
        "The account or the password is wrong.",
    )
    CODE_INVALID = (
        "验证码错误或已失效，请重新获取。",
        "The code is wrong or has expired. Please request a new one.",
    )
    ONE_SECRET = (
        "请只填写密码或验证码中的一项。",
        "Please give either a password or a code, not both.",
    )
    HANDLE_FORM = (
        "用户名须为 {least}～{most} 个字符，可用汉字、字母、数字和下划线，不能混用外形相近的不同文字。",
        "A handle has {least} to {most} letters, digits or underscores, and does not mix look-alike scripts.",
    )
    HANDLE_TAKEN = (
        "该用户名已被占用，或与已有用户名过于相似，请换一个。",
        "This handle is taken or too similar to one that is taken. Please choose another.",
    )
    PHONE_FORM = (
        "请输入正确的手机号。",
        "Please give a valid phone number.",
    )
    PHONE_TAKEN = (
        "该手机号已注册。",
        "This phone number is already registered.",
    )
    PASSWORD_FORM = (
        "密码须为 {least}～{most} 个字符，且不能与用户名或手机号相同。",
        "A password has {least} to {most} characters and differs from the handle and the phone number.",
    )
    STATEMENT_NOT_ACCEPTED = (
        "请先阅读并同意《隐私权保护声明》（{version} 版）。",
        "Please read and accept the privacy statement (version {version}).",
    )
    TOO_MANY_TRIES = (
        "操作过于频繁，请稍后再试。",
        "Too many attempts. Please try again later.",
    )
    DISPLAY_NAME_FORM = (
        "昵称须为 1～{most} 个字符。",
        "A display name has 1 to {most} characters.",
    )
    TOO_LONG = (
        "不能超过 {most} 个字符。",
        "At most {most} characters.",
    )
    TOO_MANY_LINKS = (
        "链接不能超过 {most} 个。",
        "At most {most} links.",
    )
    TOO_COMPLEX = (
        "格式过于复杂（换行、列表、表格、链接或符号过多），请精简或分开发布。",
        "The formatting is too complex (lines, lists, tables, links or marks). Please simplify or split the text.",
    )
    NESTED_TOO_DEEP = (
        "列表或引用的嵌套层级过多，请减少层级。",
        "Lists or quotes are nested too deeply. Please use fewer levels.",
    )
    TOO_MANY_MENTIONS = (
        "最多可以 @ {most} 人。",
        "At most {most} members can be mentioned.",
    )
    NOTHING_SEEN = (
        "不能只包含空白或不可见字符。",
        "This text has no visible characters.",
    )
    EMPTY = (
        "内容不能为空。",
        "This must not be empty.",
    )
    EMAIL_FORM = (
        "请输入正确的邮箱地址。",
        "Please give a valid e-mail address.",
    )
    URL_FORM = (
        "网址须以 http:// 或 https:// 开头。",
        "An address must start with http:// or https://.",
    )
    HOST_FORM = (
        "请只填写域名，例如 example.com，不含 https:// 和路径。",
        "Please give only the host, such as example.com, without https:// and path.",
    )
    HOST_IS_OURS = (
        "{host} 是本站域名，不能加入名单。",
        "{host} is this site and cannot be listed.",
    )
    DOMAIN_IS_NOBODY_S = (
        "{host} 下的网站分属不同的所有者，不能整体加入名单，请填写其中某个网站。",
        "The sites under {host} have different owners and cannot be listed as one. Please give one of them.",
    )
    DOMAIN_IS_WIDER = (
        "{host} 是 {domain} 的子域名：要包含整个域名请填写 {domain}；只针对它本身，请将范围选为“仅此域名”。",
        "{host} is a subdomain of {domain}. Give {domain} to include the whole domain, or choose this host alone.",
    )
    EXPIRY_IS_PAST = (
        "到期时间须晚于现在。",
        "The expiry must be later than now.",
    )
    OWN_ADDRESS = (
        "这是本站链接，请直接举报其中的帖子、评论或用户。",
        "This is a link to our own site. Please report the post, comment or member instead.",
    )
    BIRTHDAY_FORM = (
        "日期不正确，请检查。",
        "This date does not exist. Please check it.",
    )
    AUDIENCE_TOO_WIDE = (
        "此项的可见范围最多只能设为“{widest}”。",
        "The widest audience of this field is “{widest}”.",
    )
    FIELD_TWICE = (
        "同一项资料重复填写。",
        "The same field is given twice.",
    )
    SLUG_FORM = (
        "网址后缀须为 {least}～{most} 个字符，只能用小写字母、数字和连字符。",
        "A slug has {least} to {most} lower-case letters, digits or hyphens.",
    )
    SLUG_TAKEN = (
        "该网址后缀已被占用，请换一个。",
        "This slug is taken. Please choose another.",
    )
    NOT_FOUND = (
        "内容不存在或无法查看。",
        "Not found.",
    )
    NOT_ALLOWED = (
        "您没有权限执行此操作。",
        "You are not allowed to do this.",
    )
    NOT_YOURSELF = (
        "不能对自己执行此操作。",
        "You cannot do this to yourself.",
    )
    FOLLOWS_FULL = (
        "关注人数已达上限（{most} 人）。",
        "You can follow at most {most} members.",
    )
    BOARDS_FULL = (
        "关注的讨论区已达上限（{most} 个）。",
        "You can follow at most {most} boards.",
    )
    DISCUSSIONS_ONLY = (
        "留言板不能关注，只能关注讨论区。",
        "Message boards cannot be followed, only discussion boards.",
    )
    BLOCKS_FULL = (
        "黑名单已满（{most} 人）。",
        "Your block list is full ({most} members).",
    )
    BOARD_OF = (
        "{owner} 的留言板",
        "{owner}'s message board",
    )
    SOMEBODY_S_BOARD = (
        "留言板",
        "A message board",
    )
    MAY_STAY = (
        "已审核，内容予以保留。",
        "Reviewed; the content stays.",
    )
    EDIT_MAY_SHOW = (
        "修改已通过审核。",
        "The edit was approved.",
    )
    OWNER_S_CHOICE = (
        "此项仅适用于留言板。",
        "This applies to message boards only.",
    )
    REVIEW_FIRST_SAYS_IT = (
        "留言板请使用“先审后发”，开启后修改也须经您审核。",
        "On a message board, use reviewFirst. Edits then wait for your review too.",
    )
    CHANGED_SINCE_READ = (
        "内容在您查看后有改动，请重新查看。",
        "The content has changed since you read it. Please read it again.",
    )
    TOO_DEEP = (
        "已达最深回复层级，不能继续回复。",
        "Replies cannot be nested any deeper.",
    )
    CHANGED_MEANWHILE = (
        "刚刚有新的变动，请刷新后再操作。",
        "It has just changed. Please reload and try again.",
    )
    ALREADY_DECIDED = (
        "已有处理结果，请先查看。",
        "This has already been decided. Please look at the decision first.",
    )
    LETTER_SUBJECT = (
        "@{handle}（{name}）给您发来一封信",
        "@{handle} ({name}) sent you a message",
    )
    LETTER_HEAD = (
        "用户 @{handle}（{name}）通过 {site} 给您发来一封信，对方看不到您的邮箱。如需回信或更改写信权限，请登录本站。",
        "Member @{handle} ({name}) sent you this through {site} without seeing your address. Please sign in to answer.",
    )
    KEY_REUSED = (
        "这个幂等键（idempotencyKey）已用于另一次提交，请换一个。",
        "This idempotencyKey was used for another request. Please use a new one.",
    )

    # Whose eyes a text or a field is for, as part of a sentence.
    READ_BY_ALL = (
        "所有人（含未登录访客）",
        "everyone, including signed-out visitors",
    )
    READ_BY_MEMBERS = (
        "所有登录用户",
        "all signed-in members",
    )
    READ_BY_FRIENDS = (
        "您的好友",
        "your friends",
    )
    READ_BY_OTHER_MEMBERS = (
        "其他登录用户",
        "other signed-in members",
    )
    READ_BY_OTHER_MEMBERS_AND_VISITORS = (
        "其他登录用户和未登录访客",
        "other signed-in members and signed-out visitors",
    )
    READ_BY_VISITORS = (
        "未登录访客",
        "signed-out visitors",
    )
    READ_BY_YOU = (
        "仅您自己",
        "only you",
    )
    READ_BY_AUTHOR_S_FRIENDS = (
        "帖子作者及其好友",
        "the post's author and their friends",
    )
    READ_BY_HOST = (
        "留言板主人",
        "the owner of this message board",
    )
    READ_BY_HOST_S_FRIENDS = (
        "留言板主人及其好友",
        "the owner of this message board and their friends",
    )
    READ_BY_FRIENDS_AND_HOST = (
        "您的好友和留言板主人",
        "your friends and the owner of this message board",
    )
    READ_BY_AUTHOR = (
        "帖子作者",
        "the post's author",
    )

    AVATAR_FIELD = (
        "头像",
        "avatar",
    )
    BIO_FIELD = (
        "个人简介",
        "bio",
    )
    GENDER_FIELD = (
        "性别",
        "gender",
    )
    LOCATION_FIELD = (
        "所在地",
        "location",
    )
    BIRTHDAY_FIELD = (
        "生日",
        "birthday",
    )
    WEBSITE_FIELD = (
        "个人网站",
        "website",
    )
    EMAIL_FIELD = (
        "邮箱",
        "e-mail address",
    )
    PHONE_FIELD = (
        "手机号",
        "phone number",
    )

    TEXT_SHOWS_PHONE = (
        "内容含电话号码（{masked}）。可见范围：{readers}。",
        "The text contains a phone number ({masked}). Visible to: {readers}.",
    )
    TEXT_SHOWS_EMAIL = (
        "内容含邮箱地址（{masked}）。可见范围：{readers}。",
        "The text contains an e-mail address ({masked}). Visible to: {readers}.",
    )
    TEXT_SHOWS_IDENTITY_NUMBER = (
        "内容疑似含身份证号码（{masked}）。可见范围：{readers}。",
        "The text seems to contain an identity number ({masked}). Visible to: {readers}.",
    )
    TEXT_SHOWS_BANK_CARD = (
        "内容疑似含银行卡号（{masked}）。可见范围：{readers}。",
        "The text seems to contain a bank card number ({masked}). Visible to: {readers}.",
    )
    TEXT_SHOWS_LINK = (
        "内容含指向 {host} 的外链，该网站适用其自己的隐私政策。可见范围：{readers}。",
        "The text links to {host}, which has its own privacy policy. Visible to: {readers}.",
    )
    TEXT_SHOWS_WARNED_LINK = (
        "内容含指向 {host} 的外链，读者打开前会看到提醒。可见范围：{readers}。提醒内容：{warning}",
        "The text links to {host}; readers are warned before it opens. Visible to: {readers}. The warning: {warning}",
    )
    BYLINE_SHOWS_FIELD = (
        "发布后会附带展示您的{field}。可见范围：{readers}。",
        "The post will show your {field}. Visible to: {readers}.",
    )
    FIELD_WIDENS = (
        "{readers}也将能看到您的{field}。",
        "Your {field} will also be visible to {readers}.",
    )
    FIELD_WIDENS_WITH_POSTS = (
        "{readers}也将能看到您的{field}，您的 {posts} 篇帖子会同步展示。",
        "Your {field} will also be visible to {readers}, and is shown with {posts} of your posts.",
    )
    FIELD_NARROWS = (
        "{readers}将无法再看到您的{field}。",
        "Your {field} will no longer be visible to {readers}.",
    )
    FIELD_NARROWS_WITH_POSTS = (
        "{readers}将无法再看到您的{field}，您的 {posts} 篇帖子也会停止展示。",
        "Your {field} will no longer be visible to {readers}, and is no longer shown with {posts} of your posts.",
    )
    FIELD_SHOWS_OTHERWISE = (
        "您的{field}显示给{readers}的内容将有变化。",
        "What your {field} shows to {readers} will change.",
    )
    FIELD_SHOWS_OTHERWISE_WITH_POSTS = (
        "您的{field}显示给{readers}的内容将有变化，您的 {posts} 篇帖子会同步更新。",
        "What your {field} shows to {readers} will change, also with {posts} of your posts.",
    )
    FIELD_IS_EMPTY = (
        "您还没有设置{field}，所以暂时不会有变化。",
        "You have not set your {field} yet, so nothing changes for now.",
    )

    # Who gets a field of the API, as policy/field_access.py says it.
    SEEN_BY_EVERYONE = (
        "所有人可见。",
        "Visible to everyone.",
    )
    SEEN_WITH_IT = (
        "与所属内容的可见范围相同。",
        "Visible to whoever can see the object that it belongs to.",
    )
    SEEN_AS_CHOSEN = (
        "由本人设置可见范围：默认“{default}”，最宽“{widest}”。",
        "The owner chooses the audience: “{default}” by default, “{widest}” at most.",
    )
    SEEN_IN_BYLINE = (
        "作者随这篇内容附带的资料，且以其当前可见范围为限。",
        "The profile fields that the author attached, as far as the author's profile shows them to the viewer now.",
    )
    SEEN_IF_LINKED_IS = (
        "查看者能看到所关联的对象时才显示。",
        "Null if the viewer cannot see the linked object.",
    )
    SEEN_IN_LIST = (
        "只列出查看者能看到的内容。",
        "Lists only what the viewer can see.",
    )
    SEEN_IN_COUNT = (
        "只统计查看者能看到的内容。",
        "Counts only what the viewer can see.",
    )
    SEEN_OF_ONESELF = (
        "只反映查看者本人与它的关系，不涉及他人。",
        "Says only what the viewer did or can do with it.",
    )
    SEEN_BY_MEMBERS = (
        "仅登录用户可见。",
        "Visible to signed-in members only.",
    )
    SEEN_BY_ONESELF = (
        "仅本人登录后可见。",
        "Visible to the signed-in member alone.",
    )
    SEEN_BY_OWNER = (
        "仅作者或所有者可见。",
        "Visible to its author or owner only.",
    )
    SEEN_BY_OWNER_AND_STAFF = (
        "仅作者或所有者、版主和管理员可见。",
        "Visible to its author or owner, moderators and admins only.",
    )
    SEEN_BY_OWNER_AND_BOARD_STAFF = (
        "仅作者或所有者、版主和管理员可见；分区版主只限其负责的讨论区。",
        "Visible to its author or owner, moderators and admins only; to board moderators for their boards.",
    )
    SEEN_BY_STAFF = (
        "仅版主和管理员可见。",
        "Visible to moderators and admins only.",
    )
    SEEN_BY_ADMINS = (
        "仅管理员可见。",
        "Visible to admins only.",
    )
    SEEN_BY_BOARD_STAFF = (
        "仅版主和管理员可见；分区版主只限其负责的讨论区。",
        "Visible to moderators and admins only; to board moderators for their boards.",
    )
    SEEN_IN_ANSWER = (
        "只返回给本次请求者。",
        "Returned only to whoever made the request.",
    )

    # The audiences of a field or post, as members choose them.
    ONLY_ME = ("仅自己可见", "only me")
    FRIENDS = ("好友可见", "friends")
    MEMBERS = ("登录用户可见", "signed-in members")
    PUBLIC = ("所有人可见", "everyone")

    def in_both(self) -> str:
        """Chinese, then English: for what is kept and read by anyone."""
        return " ".join(self.value)

    def in_both_with(self, values: dict[str, object]) -> str:
        """As ``in_both``, with ``values`` filled in."""
        return " ".join(self.in_language(language, values) for language in Language)

    def in_language(self, language: Language, values: dict[str, object]) -> str:
        """Return the sentence in ``language`` with ``values`` filled in, messages and audiences in words."""
        chinese, english = self.value
        told = {name: _in_language(value, language) for name, value in values.items()}
        return (chinese if language is Language.ZH else english).format(**told)


def _in_language(value: object, language: Language) -> object:
    """Return a message or an audience in ``language``, and every other value as it is."""
    message = Message[value.name] if isinstance(value, Audience) else value
    return message.in_language(language, {}) if isinstance(message, Message) else value
