// Generated from the schema by `govnet render`; do not edit.

// 区、县 District
MATCH (n:District) WHERE n.id > '' RETURN n ORDER BY n.id LIMIT 25;

// 街道、镇 Street
MATCH (n:Street) WHERE n.id > '' RETURN n ORDER BY n.id LIMIT 25;

// 社区、村 Community
MATCH (n:Community) WHERE n.id > '' RETURN n ORDER BY n.id LIMIT 25;

// 网格 Grid
MATCH (n:Grid) WHERE n.id > '' RETURN n ORDER BY n.id LIMIT 25;

// 楼栋 Building
MATCH (n:Building) WHERE n.id > '' RETURN n ORDER BY n.id LIMIT 25;

// 组织 Organization
MATCH (n:Organization) WHERE n.id > '' RETURN n ORDER BY n.id LIMIT 25;

// 单位 Unit
MATCH (n:Unit) WHERE n.id > '' RETURN n ORDER BY n.id LIMIT 25;

// 成员（以角色出现的人） Member
MATCH (n:Member) WHERE n.id > '' RETURN n ORDER BY n.id LIMIT 25;

// 资源 Resource
MATCH (n:Resource) WHERE n.id > '' RETURN n ORDER BY n.id LIMIT 25;

// 服务 Service
MATCH (n:Service) WHERE n.id > '' RETURN n ORDER BY n.id LIMIT 25;

// 实际需求 Need
MATCH (n:Need) WHERE n.id > '' RETURN n ORDER BY n.id LIMIT 25;

// 民生项目 Project
MATCH (n:Project) WHERE n.id > '' RETURN n ORDER BY n.id LIMIT 25;

// 问题、诉求 Case
MATCH (n:Case) WHERE n.id > '' RETURN n ORDER BY n.id LIMIT 25;

// 问题种类 CaseKind
MATCH (n:CaseKind) WHERE n.id > '' RETURN n ORDER BY n.id LIMIT 25;

// 办理步骤 CaseStep
MATCH (n:CaseStep) WHERE n.id > '' RETURN n ORDER BY n.id LIMIT 25;

// 活动 Activity
MATCH (n:Activity) WHERE n.id > '' RETURN n ORDER BY n.id LIMIT 25;

// 项目机制 Programme
MATCH (n:Programme) WHERE n.id > '' RETURN n ORDER BY n.id LIMIT 25;

// 来源 Source
MATCH (n:Source) WHERE n.id > '' RETURN n ORDER BY n.id LIMIT 25;

// 指标 Claim
MATCH (n:Claim) WHERE n.id > '' RETURN n ORDER BY n.id LIMIT 25;

// 台账 Ledger
MATCH (n:Ledger) WHERE n.id > '' RETURN n ORDER BY n.id LIMIT 25;

// 配置要求 Requirement
MATCH (n:Requirement) WHERE n.id > '' RETURN n ORDER BY n.id LIMIT 25;

// 方案 Plan
MATCH (n:Plan) WHERE n.id > '' RETURN n ORDER BY n.id LIMIT 25;

// 变更 Change
MATCH (n:Change) WHERE n.id > '' RETURN n ORDER BY n.id LIMIT 25;
