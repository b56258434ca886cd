//! 简体中文: the form and the plan.

use provisioner_core::plan::list::ListFault;
use provisioner_core::plan::{Connection, Fault, Field, NamingChoice, Signature};

use super::super::{FormTexts, Guide, PlanTexts};
use super::names::pattern_fault;
use super::{devices, duration, number, rows};

/// The form.
pub(super) const FORM: FormTexts = FormTexts {
    heading: "新任务",
    heading_again: "下一个任务",
    hidden_while_running: "任务结束后，表单会重新出现。",
    summary: "填写有误",
    label,
    hint,
    fault,
    clean: "去除这些字符",
    optional: "选填",
    connection_group: "连接",
    connection: "连接方式",
    connection_name: |connection| match connection {
        Connection::Demo => "演示：此页面内的模拟云",
        Connection::Proxy => "通过代理",
        Connection::Direct => "直连阿里云",
    },
    connection_hint: |connection| match connection {
        Connection::Demo => "不联网，无需账号：所有设备和密钥都是在此标签页内虚构的。",
        Connection::Proxy => "适用于不允许浏览器读取响应的接入地址。请使用自己的代理：它可以读到所有响应。",
        Connection::Direct => "除阿里云外无人能读到响应。浏览器可能拒绝直连（CORS），可用下方的测试判断。",
    },
    region_place: |region| match region.id {
        "cn-shanghai" => "华东2（上海）",
        "cn-beijing" => "华北2（北京）",
        "cn-shenzhen" => "华南1（深圳）",
        "ap-southeast-1" => "新加坡",
        "ap-northeast-1" => "日本（东京）",
        "eu-central-1" => "德国（法兰克福）",
        "us-west-1" => "美国（硅谷）",
        "us-east-1" => "美国（弗吉尼亚）",
        _ => region.place,
    },
    region_simcloud: "模拟云（测试服务器）",
    signature: "签名方式",
    signature_name: |signature| match signature {
        Signature::V1 => "V1（HMAC-SHA1）",
        Signature::V3 => "V3（ACS3-HMAC-SHA256）",
    },
    signature_hint: |signature| match signature {
        Signature::V1 => "适用于所有环境：不需要额外的请求头。",
        Signature::V3 => "较新的方式。其请求头需要代理放行；直连时很可能被浏览器拦截。",
    },
    account_group: "账号",
    account_demo: "演示无需账号。如要使用自己的账号，请在上方选择其他连接方式。",
    key_held: |id| ["内存中仍保留着 ", id, " 的 AccessKey Secret。此处留空即可再次使用。"].concat(),
    key_lasting: "这是长期有效的 AccessKey。建议改用仅含计划所需权限的临时凭证（STS），它会自动失效。",
    key_pasted: "已从 AssumeRole 的响应中填入 ID、Secret 和 SecurityToken。",
    expires: |left_ms| match left_ms {
        0 => "临时 AccessKey 已过期，请填写新的。".to_owned(),
        left_ms => ["临时 AccessKey 将在 ", &duration(left_ms), "后过期。"].concat(),
    },
    show: "显示",
    hide: "隐藏",
    product_group: "产品",
    product_demo: "演示已备好此产品：a1SimCloud1。",
    devices_group: "设备",
    naming: "设备名称",
    naming_name: |naming| match naming {
        NamingChoice::Random => "随机",
        NamingChoice::Pattern => "按规则",
        NamingChoice::List => "按清单",
        NamingChoice::Existing => "已有批次",
    },
    naming_hint: |naming| match naming {
        NamingChoice::Random => "由云端为每台设备生成唯一的 DeviceName。",
        NamingChoice::Pattern => "名称由您决定：固定文本加递增编号。",
        NamingChoice::List => "发送之前，每一行都会在此检查。",
        NamingChoice::Existing => "重新获取已有批次的设备证书，不注册任何设备。",
    },
    pattern_preview: |pattern| {
        let last = pattern.count() - 1;
        let first = if last > 1 { [pattern.name(0), pattern.name(1)].join("、") } else { pattern.name(0) };
        let to = if last > 0 {
            [if last > 1 { " … " } else { "、" }, &pattern.name(last)].concat()
        } else {
            String::new()
        };
        [&first, &to, "，共 ", &devices(pattern.count())].concat()
    },
    review: "核对",
    review_hint: "显示执行计划，尚不发送任何请求。",
    guide,
};

fn guide(connection: Connection, is_existing: bool) -> Guide {
    if is_existing {
        return Guide {
            heading: "重新读取批次",
            lead: "再次获取这些批次的设备证书，不会注册任何设备。",
            steps: [
                ("AccessKey", "注册这些批次的账号的 AccessKey。"),
                ("批次", "批次的 ApplyId（来自历史任务或控制台），以及所属的产品和地域。"),
                ("核对", "显示执行计划，尚不发送任何请求。"),
                ("获取", "重新读取每一行，并可再次保存。"),
            ],
        };
    }
    let way = match connection {
        Connection::Demo => {
            return Guide {
                heading: "一分钟试用",
                lead: "演示的表单已填好：先点“核对”，再点“注册”。",
                steps: [
                    ("核对", "在此检查表单；执行计划列出调用次数，以及哪些操作无法撤销。"),
                    ("注册", "云端按批次创建设备，每批最多 10,000 台。"),
                    (
                        "比对",
                        "在阿里云的限流范围内读取每个 DeviceSecret，并比对请求、已创建和已下载的数量：三者全部相等，任务才算完成。",
                    ),
                    ("保存", "把表格保存为文件；真实设备请加密。"),
                ],
            };
        }
        Connection::Proxy => (
            "代理",
            "您自己的 Web 服务器：把调用转发到阿里云，并允许此页面读取响应；“proxy”表示与此页面同一站点的代理。项目的 deploy 目录提供 nginx 和 Caddy 的配置。可用“测试连接”来验证。",
        ),
        Connection::Direct => (
            "直连",
            "并非每个接入地址都允许浏览器读取响应：用“测试连接”即可判断，没有 AccessKey 也可以。如果被拦截，请改用代理。",
        ),
    };
    Guide {
        heading: "您需要准备",
        lead: "“核对”会检查所有内容并显示执行计划；点击注册之前不会注册任何设备。",
        steps: [
            way,
            (
                "权限最小的 AccessKey",
                "专为此任务创建的 RAM 用户及其 AccessKey，或临时的 STS Token。下方有可复制的权限策略。",
            ),
            ("产品", "控制台“设备管理 > 产品”中的 ProductKey；如果实例有实例 ID，也请填写。"),
            ("先试少量", "先注册十台，与控制台的批次列表对照，再注册成千上万台。"),
        ],
    }
}

fn label(field: Field) -> &'static str {
    match field {
        Field::ProxyUrl => "代理地址",
        Field::Region => "地域",
        Field::EndpointHost => "接入地址（Endpoint）",
        Field::AccessKeyId => "AccessKey ID",
        Field::AccessKeySecret => "AccessKey Secret",
        Field::SecurityToken => "SecurityToken（STS）",
        Field::ProductKey => "ProductKey",
        Field::QuotaShare => "占用配额的比例（%）",
        Field::InstanceId => "实例 ID",
        Field::Count => "设备数量",
        Field::Pattern => "命名规则",
        Field::Names => "名称清单",
        Field::ApplyIds => "ApplyId",
    }
}

fn hint(field: Field) -> &'static str {
    match field {
        Field::ProxyUrl => "相对于此页面的路径，或完整的 https:// 地址。",
        Field::Region => "产品所在的地域。选错地域时，看起来就像产品不存在。",
        Field::EndpointHost => "仅在地域的默认接入地址不可用时填写。",
        Field::AccessKeyId => "建议使用临时的（STS.…），或专用于此任务的 RAM 用户的。",
        Field::AccessKeySecret => "只保存在此标签页引擎的内存中，从不发送，从不存储。",
        Field::SecurityToken => "仅使用临时 AccessKey 时填写。可在此粘贴 AssumeRole 的完整响应（JSON）。",
        Field::ProductKey => "11 位字母和数字，见控制台的产品详情。",
        Field::QuotaShare => "10 到 100。同一账号的其他调用需要余下的配额。",
        Field::InstanceId => "控制台显示了实例 ID（iot-…）时必须填写。",
        Field::Count => "1 到 1,000,000。超过 10,000 台时自动分为多个批次。",
        Field::Pattern => {
            "SN-{0001..5000} 生成 SN-0001、SN-0002，直到 SN-5000。还可使用 {date}（日期）、{rand:6}（随机字符），以及末尾的 \
             {check}（校验位，ISO 7064 MOD 37,36）。"
        }
        Field::ApplyIds => "每行一个，最多 100 个，须属于上面的产品。",
        Field::Names => "每行一台设备：DeviceName；也可用逗号、制表符或分号隔开，写成 DeviceName,备注名称。",
    }
}

fn fault(field: Field, fault: &Fault) -> String {
    let label = label(field);
    // A blank stands between Chinese and Latin words, and nowhere else.
    let name = if label.ends_with(|last: char| last.is_ascii_alphanumeric()) {
        [label, " "].concat()
    } else {
        label.to_owned()
    };
    match fault {
        Fault::Missing => match field {
            Field::Region => "请选择地域。".to_owned(),
            Field::Count => "请填写设备数量。".to_owned(),
            Field::Pattern => "请填写命名规则，例如 SN-{0001..5000}。".to_owned(),
            Field::Names => "请粘贴名称，或选择文件。".to_owned(),
            Field::ApplyIds => "请填写 ApplyId，每行一个。".to_owned(),
            _ => ["请填写", if label.is_ascii() { " " } else { "" }, label, "。"].concat(),
        },
        Fault::Invisible { position } => format!("{name}的第 {position} 个字符是空白或不可见字符。"),
        Fault::Character { found } => format!("{name}不能包含字符“{found}”。"),
        Fault::Length { found, expected } => format!("{name}须为 {expected} 个字符，现为 {found} 个。"),
        Fault::NotANumber => [&name, "须为整数，只能填写数字，例如 5000。"].concat(),
        Fault::TooSmall { limit } => [&name, "不能小于 ", &number(*limit), "。"].concat(),
        Fault::TooLarge { limit } => match field {
            Field::Pattern | Field::Names => ["名称多于 ", &number(*limit), " 个，超出一次任务的上限。"].concat(),
            Field::ApplyIds => ["ApplyId 多于 ", &number(*limit), " 个，超出一次任务的上限。"].concat(),
            Field::QuotaShare => [&name, "不能大于 ", &number(*limit), "。"].concat(),
            _ => ["一次任务中，", &name, "不能大于 ", &number(*limit), "。"].concat(),
        },
        Fault::Swapped => "AccessKey ID 和 AccessKey Secret 似乎填反了，请对调。".to_owned(),
        Fault::TokenMissing => "请填写 SecurityToken：以 STS. 开头的 AccessKey ID 必须与其令牌一起使用。".to_owned(),
        Fault::NotAnAddress => [&name, "须为本站的路径，或以 https:// 开头的地址，且不含 ? 和 #。"].concat(),
        Fault::NotEncrypted => [&name, "须以 https:// 开头：使用明文 http 时，沿途任何人都能读到设备密钥。"].concat(),
        Fault::NotAHost => [&name, "须为主机名，例如 iot.cn-shanghai.aliyuncs.com，不含 https://。"].concat(),
        Fault::UnknownRegion => "请从列表中选择地域。".to_owned(),
        Fault::Pattern(fault) => pattern_fault(fault),
        Fault::Rows { count, faulty } => {
            ["共 ", &rows(*count), "，其中 ", &rows(*faulty), "需要更正，见清单下方。"].concat()
        }
        Fault::List(fault) => match fault {
            ListFault::Unreadable => "浏览器无法读取此文件。请重新选择，或直接粘贴名称。",
            ListFault::NotText => {
                "此文件不是清单：既不是 XLSX，也不是 UTF-8、UTF-16 或 GB18030 编码的文本。请另存为 CSV。"
            }
            ListFault::OldWorkbook => "这是旧版 Excel 的工作簿（XLS）。请另存为 XLSX 或 CSV。",
            ListFault::Workbook => "无法读取此工作簿：文件已损坏或受保护，或读取程序未能加载。请重试，或另存为 CSV。",
        }
        .to_owned(),
        Fault::NotAnApplyId { lines } => ["第 ", &numbers(lines), " 行不是 ApplyId：ApplyId 只含数字。"].concat(),
        Fault::ApplyIdRepeated { lines } => ["第 ", &numbers(lines), " 行的 ApplyId 与前面的重复。"].concat(),
        Fault::FileTooLarge { limit_mb } => format!("此文件大于 {limit_mb} MB，请拆分。"),
    }
}

fn numbers(lines: &[u32]) -> String {
    let numbers: Vec<String> = lines.iter().map(|&line| number(line)).collect();
    numbers.join("、")
}

/// The plan.
pub(super) const PLAN: PlanTexts = PlanTexts {
    heading: "执行计划",
    devices: "设备",
    batches: "批次",
    batches_hint: "每批最多 10,000 台",
    calls: "API 调用",
    calls_hint: "不含状态查询",
    calls_existing: "每页 50 行，每页一次",
    seconds: "至少需要",
    seconds_value: |seconds| duration(u64::from(seconds) * 1000),
    seconds_hint: "另加云端自身的处理时间",
    cloud: "云端",
    cloud_demo: "模拟云，在此页面内",
    cloud_named: |host, region| [host, "（", region, "）"].concat(),
    product: "ProductKey",
    instance: "实例",
    instance_none: "无",
    names: "名称",
    names_random: "随机，由云端生成",
    names_given: |first, last| if first == last { first.to_owned() } else { [first, " … ", last].concat() },
    apply_ids: "ApplyId",
    expires_early: "临时 AccessKey 会在任务能够完成之前过期。届时任务会暂停，并请您提供新的。",
    trust: "谁能看到密钥",
    trust_demo: "没有人：密钥是在此标签页内虚构的，没有任何用途。",
    trust_proxy: |host| {
        [
            "阿里云，以及代理 ",
            host,
            " 的运营者：代理可以读到每个响应，包括设备密钥。AccessKey Secret 不会离开此标签页。",
        ]
        .concat()
    },
    trust_direct: |host| ["只有 ", host, "。AccessKey Secret 不会离开此标签页，只用于签名。"].concat(),
    undo: "无法撤销的操作",
    undo_demo: "没有：关闭标签页后，一切不再保留。",
    undo_real: "设备一旦创建，只能逐台删除，没有批量删除。",
    undo_existing: "没有：此任务只读取，不会注册、更改或删除任何设备。",
    leave: "请保持此标签页打开",
    leave_text: "如果标签页被关闭或崩溃，请在同一浏览器中重新打开此页面：可以继续任务，并重新读取数据。",
    leave_demo: "关闭后，演示及其设备不再保留。",
    no_journal: "此浏览器无法为此页面保存进度记录（隐私窗口，或存储已被关闭）。我接受：关闭标签页后，将无法得知有哪些批次。",
    policy: "AccessKey 所需的权限（RAM 权限策略）",
    policy_text: "第一条语句恰好是此计划用到的调用，可粘贴到 RAM 控制台的 JSON 编辑器。阿里云不支持更细的授权粒度，资源只能为 *。",
    policy_optional: "第二条语句是可选的：只用于任务开始前在此处查询。",
    policy_name: "RAM 权限策略",
    confirm: |count| format!("请输入 {count}，以确认要注册 {}。", devices(count)),
    confirm_differs: |count| format!("请准确输入设备数量：{count}。"),
    discard: |count| ["上一个任务的表格中有 ", &rows(count), "没有保存为文件。开始新任务后，它们不再保留。"].concat(),
    start: |count| ["注册 ", &devices(count)].concat(),
    start_existing: "获取设备证书",
    back: "关闭执行计划",
};
