"""The words by which files of the trade call their columns, in Chinese and English, for each kind of file."""

# kind → field → words, parted by "|". A word belongs to one field of a kind.
KINDS: dict[str, dict[str, str]] = {
    "customers": {
        "name": (
            "姓名|名字|客户姓名|客户名称|客户名|客户|顾客|顾客姓名|顾客名称|会员姓名|会员名|会员名称|联系人"
            "|联系人姓名|称呼|名称|昵称|客戶姓名|客戶|顧客|會員姓名|聯絡人|稱呼|full name|display name|customer"
            "|customer name|client|client name|member name|contact|contact name|fn|nickname"
        ),
        "family_name": "姓|姓氏|last name|lastname|surname|family|family name",
        "given_name": "名|first name|firstname|given|given name|forename",
        "phone": (
            "手机|手机号|手机号码|手机号码1|电话|电话号码|联系电话|联系方式|移动电话|联系手机|会员手机|会员手机号"
            "|客户电话|顾客电话|固定电话|座机|住宅电话|办公电话|单位电话|家庭电话|备用电话|第二电话|其他电话|號碼"
            "|手機|手機號|手機號碼|電話|電話號碼|聯繫電話|mobile|mobile phone|mobile number|cell|cell phone"
            "|cellphone|tel|telephone|phone number|phone no|contact number|contact phone|home phone|work phone"
            "|business phone|primary phone|other phone|main phone|phone value|msisdn"
        ),
        "email": (
            "邮箱|电子邮箱|邮件|电子邮件|邮箱地址|电邮|電郵|郵箱|電子郵件|email|e-mail|mail|email address"
            "|e-mail address|primary email|secondary email|e-mail value|work email|home email"
        ),
        "wechat": (
            "微信|微信号|微信名|微信id|微信昵称|微信號|wechat id|wechat no|wechat number|wechatid|weixin|wx|wxid"
            "|wechat name"
        ),
        "birthday": (
            "生日|出生日期|出生年月|出生年月日|会员生日|阳历生日|公历生日|birth date|birthdate|date of birth|dob"
            "|bday|birth"
        ),
        "birth_year": "birth year|year of birth|出生年|出生年份",
        "birth_month": "birth month|month of birth|出生月|出生月份",
        "lunar_birthday": "农历生日|阴历生日|旧历生日|農曆生日|lunar birthday|chinese birthday",
        "address": (
            "地址|住址|联系地址|家庭住址|家庭地址|详细地址|收货地址|通讯地址|通信地址|客户地址|小区|聯絡地址"
            "|home address|street|street address|mailing address|shipping address|billing address|addr"
            "|work address|formatted address|address formatted"
        ),
        "tags": (
            "标签|客户标签|会员标签|分组|群组|分类|类别|标记|標籤|群組|tag|label|labels|group|groups"
            "|group membership|category|categories"
        ),
        "note": (
            "备注|备注信息|说明|附注|记事|描述|客户备注|備註|備注|notes|remark|remarks|comment|comments|memo"
            "|description"
        ),
        "external_id": (
            "会员号|会员编号|会员id|会员卡号|卡号|会员卡|客户编号|客户号|客户id|客户代码|顾客编号|顾客号|编号"
            "|编码|会员代码|會員編號|會員卡號|卡號|客戶編號|id|customer id|customerid|customer no|customer number"
            "|customer code|client id|member id|member no|member number|membership number|card no|card number"
            "|cardno|account|account number|code|uid"
        ),
        "source": (
            "来源|客户来源|顾客来源|会员来源|渠道|获客渠道|来源渠道|來源|channel|lead source|referral source"
            "|origin|how found"
        ),
        "referrer": "推荐人|介绍人|介绍者|推薦人|referred by|referrer|introduced by",
        "gender": "性别|性別|sex|gender",
        "registered_on": (
            "注册日期|注册时间|入会日期|入会时间|办卡日期|办卡时间|开卡日期|开卡时间|建档日期|建档时间|创建时间"
            "|创建日期|加入日期|登记日期|註冊日期|入會日期|registered|registered at|registration date|joined"
            "|join date|date joined|created|created at|created on|created date|member since|signup date"
            "|customer since"
        ),
        "member_card": "会员卡卡号|实体卡号|实体卡|卡面号码|member card|membership card|loyalty card",
        "tier": (
            "等级|会员等级|会员级别|级别|客户等级|客户级别|會員等級|等級|level|member level|membership level"
            "|membership tier|grade"
        ),
        "points": (
            "积分|会员积分|剩余积分|可用积分|当前积分|积分余额|積分|point|points balance|loyalty points|reward points"
        ),
        "balance": (
            "余额|储值|储值余额|卡内余额|账户余额|会员卡余额|餘額|儲值|stored value|account balance|card balance|credit"
        ),
        "consent": (
            "同意|营销同意|是否同意营销|是否接收短信|接收短信|是否接受营销|同意推广|marketing consent"
            "|accepts marketing|opt in|optin|subscribed|newsletter"
        ),
        "preference": "偏好|喜好|爱好|口味|兴趣|preferences|likes|interests|taste|hobby",
        "occupation": "职业|职务|工作|occupation|job|job title|profession|title",
        "company": (
            "公司|单位|单位名称|公司名称|工作单位|company name|organization name|organization"
            "|organisation|employer|business name"
        ),
        "staff": (
            "导购|店员|专属导购|服务人员|跟进人|负责人|业务员|owner|assigned to|account manager|clerk|salesperson"
        ),
        "phone_label": "手机标签|电话标签|手机用途|电话用途",
        "email_label": "邮箱标签|邮件标签|邮箱用途|e-mail label",
        "address_label": "地址标签|地址用途",
        "dates": "重要日子|纪念日|其他日子|other days|other dates|important dates|anniversaries",
        "preferred_channel": "首选联系方式|首选渠道|联系偏好|preferred contact|preferred contact method",
        "do_not_contact": "请勿联系|勿联系|不要联系|拒绝联系|免打扰|do not disturb|no contact",
        "consent_call": "同意电话|电话同意|consent calls|consent phone",
        "consent_visit": "同意拜访|拜访同意|consent visits",
        "consent_wechat": "同意微信|微信同意|consent wechat",
        "consent_sms": "同意短信|短信同意|consent sms",
        "consent_email": "同意邮件|邮件同意|consent e-mail",
        "consent_letter": "同意信件|信件同意|consent letters|consent mail",
        "needs": "需求|客户需求|顾客需求|need",
        "values": "最看重|看重|在意|cares most for|values most",
        "buys_elsewhere": "在别处买|别处购买|竞品|also buys from",
        "credit_note": "赊账说明|信用说明|赊欠说明",
        "credit_limit": "赊账额度|信用额度|授信额度|挂账额度",
        "personal_discount": "个人折扣|专属折扣|personal discount percent",
        "custom": "自定义字段|custom fields",
        "household": "家庭|住户|household name",
        "net": "累计净消费|bought less returned",
        "last_sale_on": "最近购买|最近消费|last purchase|last bought",
    },
    "sales": {
        "invoice": (
            "订单号|订单编号|单号|小票号|小票编号|小票单号|流水号|流水单号|交易号|交易单号|交易流水号|销售单号"
            "|销售单|单据号|单据编号|发票号|发票号码|账单号|结账单号|订单|票号|收据号|訂單號|訂單編號|單號|小票號"
            "|發票號碼|invoice no|invoiceno|invoice number|invoice id|invoice_no|bill no|bill number|receipt"
            "|receipt no|receipt number|receipt id|order|order no|order number|order id|orderid|order name"
            "|transaction|transaction id|transaction no|ticket|ticket no|basket|sale id|sale no|document no"
            "|txn id"
        ),
        "product_code": (
            "商品编码|商品编号|商品代码|商品货号|货号|条码|条形码|商品条码|款号|产品编码|产品编号|产品代码"
            "|产品货号|物料编码|商品id|sku编码|商品編號|貨號|條碼|stock code|stockcode|sku|item code|item no"
            "|item number|item id|product id|productid|product no|product number|barcode|ean|upc|plu|article"
            "|article no|article number|variant sku|lineitem sku|code"
        ),
        "description": (
            "品名|商品名称|商品名|商品|产品名称|产品名|产品|货品|货品名称|名称|项目|项目名称|服务项目|消费项目"
            "|菜品|菜品名称|摘要|商品信息|商品名稱|產品名稱|product|product name|product description|item"
            "|item name|item description|title|name|lineitem name|article name|goods"
        ),
        "quantity": (
            "数量|销售数量|件数|个数|销量|购买数量|商品数量|份数|數量|qty|count|units|number|pieces|pcs"
            "|item quantity|lineitem quantity|quantity sold|units sold|cds"
        ),
        "unit_price": (
            "单价|售价|销售单价|商品单价|成交单价|成交价|实售价|零售价|价格|销售价|單價|售價|價格|price"
            "|unit price|unitprice|item price|sale price|selling price|price each|lineitem price|price per unit"
        ),
        "amount": (
            "金额|小计|合计|总价|总额|销售金额|实收|实收金额|实付|实付金额|应收金额|成交金额|消费金额|付款金额"
            "|支付金额|订单金额|商品金额|总金额|折后金额|营业额|金額|小計|合計|總價|實收|total|line total"
            "|total price|total amount|amount paid|net|net amount|net sales|sales|subtotal|sum|value|revenue"
            "|dollars|line amount|paid|grand total|spend|dollar value"
        ),
        "moment": (
            "日期|时间日期|下单时间|下单日期|交易时间|交易日期|销售时间|销售日期|消费时间|消费日期|订单时间"
            "|订单日期|成交时间|成交日期|付款时间|付款日期|支付时间|结账时间|结账日期|开单时间|开单日期|购买时间"
            "|购买日期|单据日期|创建时间|日期时间|交易日期时间|營業日|銷售日期|交易日期時間|date|datetime"
            "|invoice date|invoicedate|order date|orderdate|sale date|transaction date|purchase date|purchased at"
            "|created at|created|created on|date time|timestamp|sold at|sale time|order time|day|paid at"
            "|transaction time|purchase time"
        ),
        "time": "时间|時間|时刻|time|hour|time of day",
        "customer_id": (
            "会员号|会员编号|会员id|会员卡号|会员卡|卡号|客户编号|客户号|客户id|客户代码|顾客编号|顾客号|顾客id"
            "|會員編號|會員卡號|卡號|客戶編號|customer id|customerid|customer no|customer number|customer code"
            "|client id|client no|member id|member no|member number|membership number|card no|card number|account"
            "|account number|buyer id|user id|userid|master id"
        ),
        "customer_name": (
            "姓名|会员姓名|会员名|会员名称|会员|客户姓名|客户名称|客户|顾客|顾客姓名|买家|收货人|联系人|會員姓名"
            "|客戶|顧客|客戶姓名|客戶名稱|customer|customer name|client|client name|member|member name|buyer"
            "|buyer name|billing name|sold to|bill to"
        ),
        "phone": (
            "手机|手机号|手机号码|电话|电话号码|联系电话|会员手机|会员手机号|客户电话|客户手机|顾客手机"
            "|顾客手机号|买家手机|收货人手机|手機|手機號碼|電話|聯繫電話|mobile|mobile phone|mobile number|tel"
            "|telephone|phone number|phone no|customer phone|cell|contact number|billing phone"
        ),
        "unit": "单位|计量单位|销售单位|規格單位|單位|uom|unit of measure|measure|unit name",
        "staff": (
            "导购|店员|营业员|销售员|收银员|业务员|经手人|服务员|技师|员工|导购员|開單人|收銀員|店員|clerk"
            "|cashier|salesperson|sales person|sales rep|served by|seller|employee|employee name|staff name"
            "|staff member"
        ),
        "discount": ("折扣|优惠|优惠金额|折扣金额|让利|折扣額|優惠|discount amount|discounts|rebate|discount total"),
        "payment": (
            "支付方式|付款方式|收款方式|结算方式|付款類型|付款方式名称|payment method|payment type|tender|paid by"
            "|payments"
        ),
        "category": (
            "类别|分类|商品分类|商品类别|品类|產品類別|product category|department|product type|item category"
        ),
        "note": "备注|说明|备注信息|備註|notes|remark|remarks|comment|comments|memo",
        "store": "门店|店铺|分店|门店名称|門店|shop|branch|location|store name|outlet",
    },
    "products": {
        "code": (
            "商品编码|商品编号|编码|编号|货号|款号|产品编码|产品编号|sku编码|商品代码|貨號|sku|item code|item no"
            "|product code|product id|stock code|stockcode|plu|id|variant sku|handle"
        ),
        "active": "在售|是否在售|上架|是否上架|启用|on sale|active|for sale|available|published",
        "barcode": "条码|条形码|商品条码|國際條碼|條碼|ean|upc|gtin|bar code|variant barcode",
        "name": (
            "品名|商品名称|商品名|商品|名称|产品名称|产品名|产品|项目|项目名称|服务项目|菜品|商品名稱|product"
            "|product name|item|item name|description|title"
        ),
        "unit_price": (
            "单价|售价|零售价|价格|销售价|标价|原价|定价|單價|售價|價格|price|unit price|sale price|retail price"
            "|selling price|list price|variant price"
        ),
        "member_price": "会员价|会员单价|會員價|member price|vip price",
        "cost": "成本|成本价|进价|进货价|采购价|成本價|cost price|purchase price|unit cost|cost per item",
        "unit": "单位|计量单位|单位名称|單位|uom|unit of measure|measure",
        "category": (
            "类别|分类|商品分类|商品类别|品类|類別|分類|type|product category|department|product type|collection"
        ),
        "lasts_days": (
            "可用天数|使用天数|周期|消耗周期|补货周期|用完天数|lasts|days of supply|supply days|reorder days|cycle"
        ),
        "tags": "标签|標籤|tag|labels",
        "note": "备注|说明|備註|notes|remark|remarks|comment|comments|memo",
    },
    "interactions": {
        "customer_id": (
            "会员号|会员编号|会员卡号|卡号|客户编号|客户号|顾客编号|customer id|customer no|customer number"
            "|member id|member no|card no|external id"
        ),
        "customer_name": ("姓名|客户|顾客|客户姓名|顾客姓名|会员姓名|customer|customer name|client|name|contact"),
        "phone": "手机|手机号|手机号码|电话|联系电话|mobile|tel|telephone|phone number",
        "moment": (
            "日期|时间|联系时间|联系日期|跟进时间|跟进日期|往来日期|记录时间|date|datetime|at|contacted at"
            "|contact date|created at"
        ),
        "time": "时刻|钟点|time of day|hour",
        "channel": (
            "方式|渠道|联系方式|跟进方式|沟通方式|联系渠道|类型|类别|往来类型|method|medium|via|type|category"
            "|activity type"
        ),
        "direction": "方向|进出|in out",
        "purpose": "目的|往来目的|reason for contact|why",
        "reached": "联系上|是否联系上|接通|是否接通|connected|spoken to",
        "note": (
            "内容|备注|记录|沟通内容|跟进内容|说明|notes|content|text|details|remark|remarks|summary|body|description"
        ),
        "noticed": "察觉|客户反应|顾客反应|mood|sentiment",
        "objection": "异议|顾虑|concern|objections",
        "reply": "应答|回应|answer given",
        "reply_worked": "应答有效|应答是否有效|answer worked",
        "demonstrated": "演示|试用|展示|demonstration|demo",
        "quoted": "报价|报价内容|quote|quoted|quotation|offer",
        "staff": "店员|员工|跟进人|负责人|记录人|by|employee|owner|clerk",
    },
    "complaints": {
        "number": (
            "编号|投诉编号|单号|工单号|complaint id|complaint no|complaint number|case|case id|case number|ticket"
            "|ticket no|id"
        ),
        "customer_id": (
            "会员号|会员编号|会员卡号|卡号|客户编号|顾客编号|customer id|customer no|customer number"
            "|member id|member no|card no|external id"
        ),
        "customer_name": ("姓名|客户|顾客|客户姓名|顾客姓名|投诉人|customer|customer name|client|name|complainant"),
        "phone": "手机|手机号|手机号码|电话|联系电话|mobile|tel|telephone|phone number",
        "moment": (
            "日期|时间|投诉时间|投诉日期|受理时间|受理日期|date|date received|received|received at|opened"
            "|opened at|created|created at"
        ),
        "time": "时刻|钟点|time of day|hour",
        "severity": "严重程度|级别|等级|程度|priority|level|seriousness",
        "kind": "类型|类别|投诉类型|投诉类别|type|category|product",
        "channel": "渠道|来源|投诉渠道|via|submitted via|source",
        "subject": "标题|主题|事由|原因|title|summary|issue|reason|cause",
        "detail": "细分|子类|细类|sub issue|subissue|subcategory",
        "text": (
            "内容|投诉内容|描述|详情|经过|description|details|complaint|narrative|consumer complaint narrative"
            "|message|body"
        ),
        "demand": "诉求|要求|客户诉求|wish|desired resolution|request",
        "state": "状态|处理状态|status|company response to consumer",
        "answered_on": "答复时间|回复时间|首次回复|answered|answered at|first response|date sent to company",
        "resolved_on": ("解决时间|解决日期|处理时间|完成时间|resolved|resolved at|closed|closed at|date closed"),
        "resolution": ("处理结果|解决方案|处理方式|处理办法|结果|outcome|solution|response|company public response"),
        "satisfaction": "满意度|评分|评价|score|rating|csat",
        "history": "处理经过|流转记录|历史|history|timeline",
        "goods": "涉及商品|商品|goods concerned|goods|article",
        "assignee": "跟进人|looked after by|assignee",
        "root_cause": "根本原因|root cause",
        "prevention": "预防措施|改进措施|prevention|corrective action",
        "staff": "处理人|负责人|受理人|店员|handler|owner|assigned to|clerk",
    },
    "points": {
        "customer_id": (
            "会员号|会员编号|会员卡号|卡号|客户编号|顾客编号|customer id|customer no|customer number"
            "|member id|member no|card no|external id"
        ),
        "customer_name": ("姓名|客户|顾客|客户姓名|顾客姓名|会员姓名|customer|customer name|client|name|member"),
        "phone": "手机|手机号|手机号码|电话|联系电话|mobile|tel|telephone|phone number",
        "points": (
            "积分|变动积分|积分变动|剩余积分|可用积分|积分余额|当前积分|point|balance|points balance|amount|delta"
            "|change"
        ),
        "moment": "日期|时间|变动时间|变动日期|获得时间|date|time|datetime|at|earned at|created at",
        "tier": "等级|会员等级|级别|卡级别|等級|tier|level|member level|membership tier|grade",
        "tier_until": (
            "等级有效期|等级有效期至|等级到期|等级到期日|级别到期日|tier until|tier valid until"
            "|tier expires|level expiry"
        ),
        "stored": (
            "储值|储值余额|卡内余额|账户余额|会员卡余额|余额|本金|储值本金|餘額|儲值|stored value|account balance"
            "|card balance|principal"
        ),
        "stored_bonus": "赠送余额|赠送金额|赠金|赠送|bonus|bonus balance|gift balance",
        "bonus_until": "赠送有效期|赠送到期日|赠金到期日|bonus until|bonus expires",
        "card_plan": "卡种|卡名|次卡|次卡名称|套餐|plan|card name|card type|package",
        "visits": "剩余次数|次数|余次|次卡余次|visits|visits left|sessions|uses left",
        "stamps": "集点|集点数|印花|盖章数|stamps|punches",
        "card_until": "次卡有效期|次卡到期日|卡到期日|card until|card expires",
        "expires_on": (
            "有效期|到期日|积分有效期|积分到期日"
            "|到期日期|过期日期|失效日期|有效期至|expires|expiry|expiry date|expires at|valid until"
            "|expiration date"
        ),
        "kind": "类型|变动类型|type",
        "note": "原因|备注|说明|reason|notes|remark|description",
    },
    "followups": {
        "customer_id": (
            "会员号|会员编号|会员卡号|卡号|客户编号|顾客编号|customer id|customer no|customer number"
            "|member id|member no|card no|external id"
        ),
        "customer_name": ("姓名|客户|顾客|客户姓名|顾客姓名|会员姓名|customer|customer name|client|name|contact"),
        "phone": "手机|手机号|手机号码|电话|联系电话|mobile|tel|telephone|phone number",
        "due_on": (
            "日期|到期日|跟进日期|下次跟进|下次跟进日期|计划日期|提醒日期|date|due|due date|follow up date"
            "|next contact|reminder|remind on"
        ),
        "subject": "事项|主题|标题|内容|跟进内容|任务|title|task|what|summary|description|to do|todo",
        "due_at": "钟点|时间|时刻|hour|time|due time|time of day",
        "kind": "类型|类别|type|category",
        "purpose": "目的|why",
        "state": "状态|完成|是否完成|status|done|completed",
        "uid": "日程编号|event id",
        "done_on": "完成日期|完成时间|done at|completed at|completed on",
        "recurrence": "重复|周期|repeat|rrule|recurs|frequency",
        "note": "备注|说明|notes|remark|remarks|comment|details",
        "staff": "店员|员工|负责人|跟进人|owner|assigned to|employee|clerk",
    },
}

# A field that may fill several columns.
REPEATED = frozenset(
    {
        *("phone", "email", "address", "tags", "note", "barcode"),
        *("phone_label", "email_label", "address_label", "custom"),
    }
)

# Before the name of a field the shop made itself.
OWN_FIELD = ("自定义", "自訂", "field", "custom field")

# What a kind cannot do without; "a|b" asks for one of them.
REQUIRED: dict[str, tuple[str, ...]] = {
    "customers": ("name|family_name|given_name|phone",),
    "sales": ("moment", "product_code|description|amount|unit_price"),
    "products": ("name|code|barcode",),
    "interactions": ("moment", "customer_id|customer_name|phone"),
    "complaints": ("moment", "text|subject|detail|kind"),
    "points": ("points|tier|stored|stored_bonus|visits|stamps", "customer_id|customer_name|phone"),
    "followups": ("due_on", "subject|note|kind|customer_id|customer_name|phone"),
}
