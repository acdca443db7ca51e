"""Every sentence that the service says to a person, in Chinese and English."""

from enum import Enum

from domain.language import Language


class Message(Enum):
    """Each value is (Chinese, English); names in braces are filled in."""

    SIGN_IN_FIRST = ("请先登录。", "Please sign in first.")
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
    TOO_INTRICATE = (
        "括号、竖线或句点太多，请拆成几篇。",
        "Too many brackets, bars or dots for one text. Please split it.",
    )
    EMPTY = ("内容不能为空。", "This must not be empty.")
    EMAIL_FORM = ("请填写有效的电子邮箱。", "Please give a valid e-mail address.")
    URL_FORM = (
        "请填写以 http:// 或 https:// 开头的网址。",
        "Please give an address that starts with http:// or https://.",
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
    OWNER_S_CHOICE = (
        "只有留言板可以这样设置。",
        "Only message boards can be set so.",
    )
    CHANGED_SINCE_READ = (
        "文字在您看过之后有改动，请再看一遍。",
        "The words have changed since you read them. Please read them again.",
    )
    TOO_DEEP = ("这里不能再回复。", "Replies end here.")
    CHANGED_MEANWHILE = ("它刚刚已被更改，请看过再决定。", "It has just been changed. Please look again.")
    ALREADY_DECIDED = ("已有决定，请先查看。", "This has been decided already.")
    KEY_REUSED = ("这个 idempotencyKey 已用于另一项内容。", "This idempotencyKey was used for something else.")

    # Who gets a field of the API, as policy/seeing.py says it.
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
    SEEN_IN_ANSWER = ("只在答复中给提出请求的人。", "Only for whoever asked, in the answer.")

    def in_both(self) -> str:
        """Chinese, then English: for what is kept and read by anyone."""
        return " ".join(self.value)

    def in_language(self, language: Language, values: dict[str, object]) -> str:
        """The sentence with ``values`` filled in."""
        chinese, english = self.value
        return (chinese if language is Language.ZH else english).format(**values)
