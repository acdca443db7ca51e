"""The built-in lists of hosts. What moderators list counts first."""

from typing import Final

# fmt: off
#: Names that others are dressed up as, for their readers' passwords and money: what our readers use most, and the names
#: that lead the phishing statistics. Only what other names are compared with: being here is no sign of trust.
IMITATED: Final = frozenset({
    # Talking, watching, asking
    "bilibili.com", "weibo.com", "weixin.qq.com", "qq.com", "zhihu.com", "douyin.com", "xiaohongshu.com",
    "kuaishou.com", "douban.com", "iqiyi.com", "youku.com", "toutiao.com", "tieba.baidu.com", "netease.com",
    "sohu.com", "sina.com.cn", "ximalaya.com", "huya.com", "douyu.com", "zhibo8.com",
    "google.com", "youtube.com", "facebook.com", "instagram.com", "whatsapp.com", "twitter.com", "telegram.org",
    "discord.com", "reddit.com", "linkedin.com", "tiktok.com", "snapchat.com", "wikipedia.org", "spotify.com",
    "netflix.com", "twitch.tv", "steampowered.com", "steamcommunity.com", "roblox.com", "epicgames.com",
    # Buying and travelling
    "taobao.com", "tmall.com", "jd.com", "pinduoduo.com", "xianyu.com", "goofish.com", "meituan.com", "dianping.com",
    "ele.me", "ctrip.com", "qunar.com", "fliggy.com", "12306.cn", "didiglobal.com", "suning.com", "vip.com",
    "sf-express.com", "amazon.com", "ebay.com", "walmart.com", "booking.com", "airbnb.com", "dhl.com", "fedex.com",
    "usps.com", "aliexpress.com",
    # Money
    "alipay.com", "unionpay.com", "95516.com", "icbc.com.cn", "ccb.com", "boc.cn", "abchina.com", "bankcomm.com",
    "cmbchina.com", "psbc.com", "spdb.com.cn", "citicbank.com", "cebbank.com", "lufax.com", "eastmoney.com",
    "paypal.com", "stripe.com", "wellsfargo.com", "bankofamerica.com", "hsbc.com", "americanexpress.com",
    "coinbase.com", "binance.com", "metamask.io", "opensea.io", "okx.com",
    # Accounts, mail, work, and the state
    "baidu.com", "163.com", "126.com", "aliyun.com", "huawei.com", "xiaomi.com", "oppo.com", "vivo.com", "dingtalk.com",
    "feishu.cn", "csdn.net", "gitee.com", "chsi.com.cn", "gov.cn", "chinatax.gov.cn", "nhsa.gov.cn",
    "apple.com", "icloud.com", "microsoft.com", "live.com", "office.com", "outlook.com", "github.com", "gitlab.com",
    "yahoo.com", "adobe.com", "dropbox.com", "docusign.com", "openai.com", "cloudflare.com", "zoom.us",
    "python.org", "mozilla.org",
})

#: Services that hide where a link ends. Those of one site alone (b23.tv, v.douyin.com, youtu.be, xhslink.com) are not
#: among them: whoever follows one knows where they will be.
SHORTENERS: Final = frozenset({
    "t.cn", "url.cn", "dwz.cn", "suo.im", "suo.nz", "suo.yt", "mrw.so", "m6z.cn", "c1n.cn", "985.so", "u.nu",
    "sourl.cn", "dwz.date", "rrd.me", "t.im", "0x3.me", "6du.in", "w.url.cn", "urlify.cn", "x.co", "kurl.cn",
    "bit.ly", "bitly.com", "j.mp", "t.co", "goo.gl", "tinyurl.com", "is.gd", "v.gd", "ow.ly", "buff.ly", "cutt.ly",
    "rebrand.ly", "rb.gy", "shorturl.at", "tiny.cc", "t.ly", "lnkd.in", "s.id", "soo.gd", "bl.ink", "short.io",
    "da.gd", "clck.ru", "shorte.st", "qr.ae", "trib.al", "dlvr.it", "tiny.one", "shor.tt", "urlz.fr", "bit.do",
    "kutt.it", "adf.ly", "ift.tt", "db.tt", "zpr.io", "reurl.cc", "lihi.cc", "pse.is", "ppt.cc", "0rz.tw",
    "shrtco.de", "1url.com",
})
# fmt: on
