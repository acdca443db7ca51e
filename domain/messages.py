"""Every sentence that the service says to a person, in Chinese and English."""

from enum import Enum

from domain.language import Language


class Message(Enum):
    """Each value is (Chinese, English); names in braces are filled in."""

    SIGN_IN_FIRST = ("请先登录。", "Please sign in first.")
    YOU_ARE_MUTED = (
        "您目前被禁言，暂时不能发布内容；详情和申诉见“我的处理记录”。",
        "You are muted and can't publish for now. Your decisions say why, and how to appeal.",
    )
    YOU_ARE_SUSPENDED = (
        "您的账号目前被暂停使用，仍可浏览、导出和申诉；详情见“我的处理记录”。",
        "Your account is suspended. Reading, export and appeals stay open; your decisions say why.",
    )
    YOU_ARE_BANNED = (
        "您的账号已被封禁，仍可浏览、导出和申诉；详情见“我的处理记录”。",
        "Your account is banned. Reading, export and appeals stay open; your decisions say why.",
    )
    VERIFY_FIRST = (
        "需要先完成身份核验才能发布内容；浏览和其他功能不受影响。",
        "Please verify who you are before you publish. Everything else stays open.",
    )
    CLAIMED_BY_ANOTHER = ("另一位管理员正在处理这个案件。", "Another moderator is working on this case.")
    CLAIMS_FULL = (
        "最多同时认领 {most} 个案件，请先处理或放回一些。",
        "You can have at most {most} cases claimed at once. Please decide or release some first.",
    )
    DECIDED_ABOUT_YOU = (
        "管理员对您或您发布的内容作出了决定，理由见处理记录。",
        "Moderators have decided about you or something you wrote. The decision says why.",
    )
    EDIT_APPROVED = (
        "您的修改已经看过，现在大家都能看到了。",
        "Your edit was looked at, and everyone sees it now.",
    )
    EDIT_REJECTED = (
        "您的修改没有通过，原来的内容照旧显示；原因和您写的文字都留在 pendingEdit 里。",
        "Your edit was not accepted; what stood before still stands. Why, and what you wrote, is kept in pendingEdit.",
    )
    YOUR_APPEAL_DECIDED = (
        "您的申诉已有结果，详情见处理记录。",
        "Your appeal has been answered. The decision that it is against says how.",
    )
    REPORT_ACTED_ON = ("您的举报已经处理，谢谢您的提醒。", "We have acted on your report. Thank you for telling us.")
    REPORT_LEFT_ALONE = (
        "您的举报已经看过，这次不需要处理。谢谢您的提醒。",
        "We have looked at your report and left things as they are. Thank you for telling us.",
    )
    REPORT_LOOKED_AT_AGAIN = ("您的举报正在重新审看。", "Your report is being looked at again.")
    REPORT_LOOKED_AT = ("您的举报已经看过。", "We have looked at your report.")
    WARNING_ENDED = ("对您的警告已到期。", "The warning on your account has ended.")
    MUTE_ENDED = ("您的禁言已到期，可以重新发布内容了。", "You are no longer muted and can publish again.")
    VERIFICATION_ENDED = (
        "身份核验的要求已到期，可以重新发布内容了。",
        "You no longer have to verify who you are and can publish again.",
    )
    SUSPENSION_ENDED = ("您的账号已恢复使用。", "Your account is no longer suspended.")
    BAN_ENDED = ("您的账号已解除封禁。", "Your account is no longer banned.")
    TOO_MANY = ("一次最多 {most} 项。", "At most {most} at once.")
    TEMPLATES_FULL = ("最多 {most} 个模板。", "There can be at most {most} templates.")
    NAME_AN_END = ("请填写处罚到何时结束。", "Please name when this ends.")
    NOTHING_TO_END = ("这个操作没有期限。", "This action has no end to name.")
    END_OUT_OF_RANGE = ("结束时间须在此刻之后、{days} 天之内。", "The end has to lie within the next {days} days.")
    NEEDS_A_CASE = ("这个操作需要指定一个案件。", "This action needs a case.")
    NOT_ABOUT_THIS = ("这个操作不适用于该对象。", "This action is not about things of this kind.")
    NO_APPEAL = ("对这类决定不能申诉。", "There is no appeal against a decision of this kind.")
    APPEAL_TOO_LATE = (
        "申诉须在决定作出后 {days} 天内提出。",
        "An appeal has to come within {days} days of the decision.",
    )
    ALREADY_APPEALED = (
        "您已就这个决定提出过申诉，每个决定只能申诉一次。",
        "You have appealed against this decision before. Each can be appealed once.",
    )
    TAKEN_BACK = ("这个决定已经撤回。", "This decision has been taken back.")
    APPEAL_DECIDED = ("这个申诉已有结果。", "This appeal has been decided.")
    APPEAL_FULL = (
        "每个申诉双方各最多 {most} 条留言。",
        "Each side may write at most {most} messages on an appeal.",
    )
    NOT_TO_UNDO = ("这个决定不能撤回。", "This decision can't be taken back.")
    UNDO_TOO_LATE = (
        "只能在决定后 {minutes} 分钟内撤回；请作出新的决定。",
        "Decisions can be taken back within {minutes} minutes. Please make a new one.",
    )
    DECIDED_SINCE = ("此后又有新的决定，请先查看。", "Another decision has come since. Please look at it first.")
    UNDONE = (
        "作出这个决定的版主随即撤回了它。",
        "The moderator who made this decision has taken it back.",
    )
    LIFTING_UNDONE = (
        "版主撤回了刚才的解除，此前的处罚继续有效。",
        "The moderator has taken back that it was lifted: what held before holds again.",
    )
    SIGN_IN_FAILED = ("用户名、手机号或密码不正确。", "The name, phone number or password is not right.")
    CODE_INVALID = (
        "验证码不正确或已失效，请重新获取。",
        "The code is wrong or expired. Please ask for a new one.",
    )
    ONE_SECRET = ("密码和验证码请只填一项。", "Give either a password or a code, not both.")
    HANDLE_FORM = (
        "用户名为 {least} 到 {most} 个字，可用文字、数字和下划线，不能混用易混淆的文字。",
        "A handle has {least} to {most} letters, digits or underscores, not mixed from look-alike scripts.",
    )
    HANDLE_TAKEN = (
        "这个用户名已被使用，或与已有的太相似。",
        "This handle is taken, or looks like one that is.",
    )
    PHONE_FORM = ("请填写有效的手机号。", "Please give a valid phone number.")
    PHONE_TAKEN = ("这个手机号已经注册。", "This phone number is registered already.")
    PASSWORD_FORM = (
        "密码为 {least} 到 {most} 个字符，不能与用户名或手机号相同。",
        "A password has {least} to {most} characters and is neither the handle nor the phone number.",
    )
    STATEMENT_NOT_ACCEPTED = (
        "请先阅读并同意当前版本（{version}）的隐私权保护声明。",
        "Please read and accept the current privacy statement ({version}).",
    )
    TOO_MANY_TRIES = ("操作太频繁，请稍后再试。", "Too many tries. Please wait a little.")
    DISPLAY_NAME_FORM = ("昵称为 1 到 {most} 个字。", "A display name has 1 to {most} characters.")
    TOO_LONG = ("最多 {most} 个字。", "At most {most} characters.")
    TOO_MANY_LINKS = ("最多 {most} 个链接。", "At most {most} links.")
    TOO_COMPLEX = (
        "换行、列表、表格、链接或符号太多，请拆成几篇。",
        "Too many lines, lists, cells, links or marks for one text. Please split it.",
    )
    NESTED_TOO_DEEP = ("列表或引用的层次太深。", "Lists or quotes are nested too deep.")
    TOO_MANY_MENTIONS = ("最多提到 {most} 位会员。", "At most {most} members can be mentioned.")
    NOTHING_SEEN = (
        "这里只有看不见的字符，请填写看得见的文字。",
        "Nothing of this can be seen. Please write something that can.",
    )
    EMPTY = ("内容不能为空。", "This must not be empty.")
    EMAIL_FORM = ("请填写有效的电子邮箱。", "Please give a valid e-mail address.")
    URL_FORM = (
        "请填写以 http:// 或 https:// 开头的网址。",
        "Please give an address that starts with http:// or https://.",
    )
    HOST_FORM = (
        "请只填网站的域名，例如 example.com，不要带 https:// 和路径。",
        "Please give just a site's name, such as example.com, without https:// and path.",
    )
    HOST_IS_OURS = (
        "{host} 属于本站，本站的链接不需要评定。",
        "{host} is this site itself, whose links carry no verdict.",
    )
    DOMAIN_IS_NOBODY_S = (
        "{host} 下面的网站属于不同的人，不能整体评定；请改为评定其中某一个。",
        "Sites under {host} belong to many owners and can't be judged as one. Please judge one of them.",
    )
    DOMAIN_IS_WIDER = (
        "{host} 属于 {domain}；评定整个域名请填 {domain}，只评定它自己请选择 HOST。",
        "{host} is part of {domain}: give {domain} to judge all of it, or choose HOST for this one alone.",
    )
    EXPIRY_IS_PAST = ("失效时间须晚于现在。", "The expiry must lie in the future.")
    OWN_ADDRESS = (
        "这是本站的网址，请直接举报其中的内容。",
        "This is an address of ours: please report what it shows.",
    )
    BIRTHDAY_FORM = ("这一天不存在。", "There is no such day.")
    AUDIENCE_TOO_WIDE = ("这一项最多只能开放到 {widest}。", "This can be opened no wider than {widest}.")
    FIELD_TWICE = ("同一项出现了两次。", "The same field is given twice.")
    SLUG_FORM = (
        "地址为 {least} 到 {most} 个小写字母、数字或连字符。",
        "A slug has {least} to {most} lower-case letters, digits or hyphens.",
    )
    SLUG_TAKEN = ("这个地址已被使用。", "This slug is taken.")
    NOT_FOUND = ("找不到它。", "There is no such thing here.")
    NOT_ALLOWED = ("您没有这样做的权限。", "You are not allowed to do this.")
    NOT_YOURSELF = ("不能对自己这样做。", "You can't do this to yourself.")
    FOLLOWS_FULL = ("最多关注 {most} 位会员。", "You can follow at most {most} members.")
    BOARDS_FULL = ("最多关注 {most} 个讨论区。", "You can follow at most {most} boards.")
    DISCUSSIONS_ONLY = ("只能关注讨论区。", "Only discussion boards can be followed.")
    BLOCKS_FULL = ("最多屏蔽 {most} 位会员。", "You can block at most {most} members.")
    BOARD_OF = ("{owner}的留言板", "{owner}'s message board")
    SOMEBODY_S_BOARD = ("留言板", "A message board")
    MAY_STAY = ("已经看过，可以保留。", "Looked at; it may stay.")
    EDIT_MAY_SHOW = ("修改已经看过，可以显示。", "The edit was looked at; it may show.")
    OWNER_S_CHOICE = (
        "只有留言板可以这样设置。",
        "Only message boards can be set so.",
    )
    REVIEW_FIRST_SAYS_IT = (
        "留言板请用 reviewFirst 设置：修改也会一并等您过目。",
        "On a message board reviewFirst says it: edits wait for you as well.",
    )
    CHANGED_SINCE_READ = (
        "文字在您看过之后有改动，请再看一遍。",
        "The words have changed since you read them. Please read them again.",
    )
    TOO_DEEP = ("这里不能再回复。", "Replies end here.")
    CHANGED_MEANWHILE = ("它刚刚已被更改，请看过再决定。", "It has just been changed. Please look again.")
    ALREADY_DECIDED = ("已有决定，请先查看。", "This has been decided already.")
    LETTER_SUBJECT = ("@{handle}（{name}）给您写信", "@{handle} ({name}) wrote to you")
    LETTER_HEAD = (
        "会员 @{handle}（{name}）通过 {site} 给您写信，看不到您的邮箱。回信与设置请在站内进行。",
        "Member @{handle} ({name}) wrote by {site} without seeing your address. Please answer and set limits there.",
    )
    KEY_REUSED = ("这个 idempotencyKey 已用于另一项内容。", "This idempotencyKey was used for something else.")

    # Whose eyes a text or a field is for, as part of a sentence.
    READ_BY_ALL = ("所有人（包括未登录的访客）", "everyone, signed in or not")
    READ_BY_MEMBERS = ("所有会员", "all members")
    READ_BY_FRIENDS = ("您的好友", "your friends")
    READ_BY_OTHER_MEMBERS = ("其他会员", "the other members")
    READ_BY_OTHER_MEMBERS_AND_VISITORS = (
        "其他会员和未登录的访客",
        "the other members, and visitors who are not signed in",
    )
    READ_BY_VISITORS = ("未登录的访客", "visitors who are not signed in")
    READ_BY_YOU = ("只有您自己", "nobody but you")
    READ_BY_AUTHOR_S_FRIENDS = ("原文作者和其好友", "the post's author and their friends")
    READ_BY_HOST = ("留言板的主人", "the owner of this message board")
    READ_BY_HOST_S_FRIENDS = ("留言板的主人和其好友", "the owner of this message board and their friends")
    READ_BY_FRIENDS_AND_HOST = ("您的好友和留言板的主人", "your friends and the owner of this message board")
    READ_BY_AUTHOR = ("原文作者", "the post's author")

    AVATAR_FIELD = ("头像", "avatar")
    BIO_FIELD = ("简介", "bio")
    GENDER_FIELD = ("性别", "gender")
    LOCATION_FIELD = ("所在地", "place")
    BIRTHDAY_FIELD = ("生日", "birthday")
    WEBSITE_FIELD = ("个人网站", "web site")
    EMAIL_FIELD = ("电子邮箱", "e-mail address")
    PHONE_FIELD = ("手机号", "phone number")

    TEXT_SHOWS_PHONE = (
        "文中有电话号码（{masked}）。能看到的人：{readers}。",
        "The text holds a phone number ({masked}). Who can read it: {readers}.",
    )
    TEXT_SHOWS_EMAIL = (
        "文中有电子邮箱（{masked}）。能看到的人：{readers}。",
        "The text holds an e-mail address ({masked}). Who can read it: {readers}.",
    )
    TEXT_SHOWS_IDENTITY_NUMBER = (
        "文中疑似有身份证号码（{masked}）。能看到的人：{readers}。",
        "The text holds what looks like an identity number ({masked}). Who can read it: {readers}.",
    )
    TEXT_SHOWS_BANK_CARD = (
        "文中疑似有银行卡号（{masked}）。能看到的人：{readers}。",
        "The text holds what looks like a bank card's number ({masked}). Who can read it: {readers}.",
    )
    TEXT_SHOWS_LINK = (
        "文中有通往 {host} 的链接，那里适用对方网站的隐私规则。能看到的人：{readers}。",
        "The text links to {host}, whose privacy rules are its own. Who can read it: {readers}.",
    )
    TEXT_SHOWS_WARNED_LINK = (
        "文中通往 {host} 的链接会让读者先看到提醒：{warning}能看到的人：{readers}。",
        "Readers are warned before the link to {host} in the text: {warning} Who can read it: {readers}.",
    )
    BYLINE_SHOWS_FIELD = (
        "署名处会显示您的{field}。能看到的人：{readers}。",
        "The byline will show your {field}. Who can read it: {readers}.",
    )
    FIELD_WIDENS = (
        "您的{field}将对更多人显示：{readers}，并出现在您的 {posts} 篇帖子的署名处。",
        "Your {field} will show to more people: {readers}, and in the byline of {posts} of your posts.",
    )
    FIELD_NARROWS = (
        "能看到您的{field}的人将变少：{readers}，它也会从您的 {posts} 篇帖子的署名处消失。",
        "Your {field} will show to fewer people: {readers}, and is withdrawn from the byline of {posts} of your posts.",
    )
    FIELD_SHOWS_OTHERWISE = (
        "能看到您的{field}的人将看到不同的内容：{readers}，这涉及您的 {posts} 篇帖子的署名处。",
        "Those who see your {field} will see other parts of it: {readers}, also in {posts} of your bylines.",
    )
    FIELD_IS_EMPTY = (
        "您还没有填写{field}，所以现在什么也不会改变。",
        "You have not given your {field}, so nothing changes for now.",
    )

    # Who gets a field of the API, as policy/field_access.py says it.
    SEEN_BY_EVERYONE = ("所有人都能看到。", "For everyone.")
    SEEN_WITH_IT = ("能看到这个 {type} 的人都能看到。", "For whoever sees the {type}.")
    SEEN_AS_CHOSEN = (
        "由所有者选择：选择之前对 {default} 开放，最多可对 {widest} 开放。",
        "For whom its owner chooses: {default} until then, {widest} at most.",
    )
    SEEN_IN_BYLINE = (
        "作者为这篇内容附上的资料，以其资料现在对读者开放的部分为限。",
        "What its author let go along, as far as their profile shows it to the reader now.",
    )
    SEEN_IF_LINKED_IS = ("所指的对象也对读者可见时才能看到。", "Where the reader may see what it names, too.")
    SEEN_IN_LIST = ("只列出读者可以看到的。", "Lists only what the reader may see.")
    SEEN_IN_COUNT = ("只计入读者可以看到的。", "Counts only what the reader may see.")
    SEEN_OF_ONESELF = (
        "只说明读者自己与它的关系，不涉及别人。",
        "Says what the reader may do or did with it, and nothing of others.",
    )
    SEEN_BY_MEMBERS = ("仅限已登录的会员。", "Only for signed-in members.")
    SEEN_BY_ONESELF = ("仅限已登录的会员本人。", "Only for the signed-in member, about themselves.")
    SEEN_BY_OWNER = ("仅限其作者或所有者。", "Only for its author or owner.")
    SEEN_BY_OWNER_AND_STAFF = (
        "仅限其作者或所有者、版主和管理员。",
        "Only for its author or owner, and for moderators and admins.",
    )
    SEEN_BY_STAFF = ("仅限版主和管理员。", "Only for moderators and admins.")
    SEEN_BY_ADMINS = ("仅限管理员。", "Only for admins.")
    SEEN_BY_BOARD_STAFF = (
        "仅限版主和管理员；只负责部分版块的版主，仅限其版块。",
        "Only for moderators and admins; for moderators of single boards, about those boards.",
    )
    SEEN_IN_ANSWER = ("只在答复中给提出请求的人。", "Only for whoever asked, in the answer.")

    def in_both(self) -> str:
        """Chinese, then English: for what is kept and read by anyone."""
        return " ".join(self.value)

    def in_both_with(self, values: dict[str, object]) -> str:
        """As ``in_both``, with ``values`` filled in."""
        return " ".join(self.in_language(language, values) for language in Language)

    def in_language(self, language: Language, values: dict[str, object]) -> str:
        """The sentence with ``values`` filled in."""
        chinese, english = self.value
        told = {name: _told(value, language) for name, value in values.items()}
        return (chinese if language is Language.ZH else english).format(**told)


def _told(value: object, language: Language) -> object:
    """A message inside another is told in the same language."""
    return value.in_language(language, {}) if isinstance(value, Message) else value
