use super::{Published, Useful};

const NAMESPACE: &str = "ECS/ContainerInsights";

/// By cluster, service, family of task definitions, and task.
const TASK: &[&[&str]] = &[
    &["ClusterName"],
    &["ClusterName", "ServiceName"],
    &["ClusterName", "TaskDefinitionFamily"],
    &["ClusterName", "ServiceName", "TaskId"],
    &["ClusterName", "TaskDefinitionFamily", "TaskId"],
];
/// By container.
const CONTAINER: &[&[&str]] = &[
    &["ClusterName"],
    &["ClusterName", "ContainerName", "ServiceName"],
    &["ClusterName", "ContainerName", "TaskDefinitionFamily"],
    &["ClusterName", "ContainerName", "ServiceName", "TaskId"],
    &[
        "ClusterName",
        "ContainerName",
        "TaskDefinitionFamily",
        "TaskId",
    ],
];
/// By all of these.
const ANY: &[&[&str]] = &[
    &["ClusterName"],
    &["ClusterName", "ServiceName"],
    &["ClusterName", "TaskDefinitionFamily"],
    &["ClusterName", "ServiceName", "TaskId"],
    &["ClusterName", "TaskDefinitionFamily", "TaskId"],
    &["ClusterName", "ContainerName", "ServiceName"],
    &["ClusterName", "ContainerName", "TaskDefinitionFamily"],
    &["ClusterName", "ContainerName", "ServiceName", "TaskId"],
    &[
        "ClusterName",
        "ContainerName",
        "TaskDefinitionFamily",
        "TaskId",
    ],
];
const SERVICE: &[&[&str]] = &[&["ClusterName", "ServiceName"]];
const CLUSTER: &[&[&str]] = &[&["ClusterName"]];
/// By volume.
const VOLUME: &[&[&str]] = &[
    &["ClusterName", "ServiceName"],
    &["ClusterName", "TaskDefinitionFamily"],
    &["ClusterName", "TaskDefinitionFamily", "VolumeName"],
];
/// By EC2 instance of the cluster.
const INSTANCE: &[&[&str]] = &[
    &["ClusterName"],
    &["ClusterName", "ContainerInstanceId", "InstanceId"],
];

/// "Amazon ECS Container Insights with enhanced observability metrics" (CloudWatch user guide), held against the page of 2026 name by name. The
/// page of Container Insights without enhancement lists the same names under fewer sets. Metrics are sent each minute.
pub(super) const PUBLISHED: &[Published] = &[
    Published {
        namespace: NAMESPACE,
        names: &[
            "ContainerCpuUtilization",
            "ContainerNetworkRxBytes",
            "ContainerNetworkTxBytes",
            "CpuReserved",
            "CpuUtilized",
            "EphemeralStorageReserved",
            "EphemeralStorageUtilized",
            "MemoryReserved",
            "MemoryUtilized",
            "NetworkRxBytes",
            "NetworkTxBytes",
            "StorageReadBytes",
            "StorageWriteBytes",
        ],
        dimensions: TASK,
        useful: Useful::All,
        every: 60,
    },
    Published {
        namespace: NAMESPACE,
        names: &[
            "TaskCpuUtilization",
            "TaskEBSFilesystemUtilization",
            "TaskEphemeralStorageUtilization",
            "TaskMemoryUtilization",
        ],
        dimensions: TASK,
        useful: Useful::Level,
        every: 60,
    },
    Published {
        namespace: NAMESPACE,
        names: &[
            "ContainerCpuReserved",
            "ContainerCpuUtilized",
            "ContainerMemoryReserved",
            "ContainerMemoryUtilized",
            "ContainerStorageReadBytes",
            "ContainerStorageWriteBytes",
            "UnHealthyContainerHealthStatus",
        ],
        dimensions: CONTAINER,
        useful: Useful::All,
        every: 60,
    },
    Published {
        namespace: NAMESPACE,
        names: &["ContainerMemoryUtilization"],
        dimensions: CONTAINER,
        useful: Useful::Level,
        every: 60,
    },
    Published {
        namespace: NAMESPACE,
        names: &["RestartCount"],
        dimensions: ANY,
        useful: Useful::All,
        every: 60,
    },
    Published {
        namespace: NAMESPACE,
        names: &[
            "DeploymentCount",
            "DesiredTaskCount",
            "PendingTaskCount",
            "RunningTaskCount",
            "TaskSetCount",
        ],
        dimensions: SERVICE,
        useful: Useful::Level,
        every: 60,
    },
    Published {
        namespace: NAMESPACE,
        names: &["ContainerInstanceCount", "ServiceCount", "TaskCount"],
        dimensions: CLUSTER,
        useful: Useful::Level,
        every: 60,
    },
    Published {
        namespace: NAMESPACE,
        names: &["EBSFilesystemSize", "EBSFilesystemUtilized"],
        dimensions: VOLUME,
        useful: Useful::All,
        every: 60,
    },
    Published {
        namespace: NAMESPACE,
        names: &[
            "instance_cpu_reserved_capacity",
            "instance_cpu_utilization",
            "instance_filesystem_utilization",
            "instance_memory_reserved_capacity",
            "instance_memory_utilization",
        ],
        dimensions: INSTANCE,
        useful: Useful::Level,
        every: 60,
    },
    Published {
        namespace: NAMESPACE,
        names: &[
            "instance_cpu_limit",
            "instance_cpu_usage_total",
            "instance_memory_limit",
            "instance_memory_working_set",
            "instance_network_total_bytes",
            "instance_number_of_running_tasks",
        ],
        dimensions: CLUSTER,
        useful: Useful::All,
        every: 60,
    },
];
