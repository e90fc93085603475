use std::sync::{Arc, Mutex, PoisonError};

use belfry_engine::base::Millis;
use belfry_engine::metrics::{DatumValues, Dimensions, MetricDatum, MetricId, Unit};

use super::fleet::Fleet;
use super::usage::{Usage, of_process};

/// What a task of the service reserves on Fargate: half a processor and one gibibyte.
const RESERVED_CPU: f64 = 0.5;
const RESERVED_MEMORY: f64 = 1024.0 * 1024.0 * 1024.0;

/// The service's processes, each of which stands for a task.
#[derive(Clone, Debug, Default)]
pub struct Tasks(Arc<Mutex<Vec<Task>>>);

#[derive(Clone, Debug)]
struct Task {
    /// As its log stream is named.
    id: String,
    process: u32,
    before: Option<Usage>,
}

impl Tasks {
    /// A process that runs from now on.
    pub(super) fn add(&self, id: &str, process: Option<u32>) {
        let Some(process) = process else {
            return;
        };
        self.lock().push(Task {
            id: id.to_owned(),
            process,
            before: of_process(process),
        });
    }

    /// A process that is about to end.
    pub(super) fn remove(&self, id: &str) {
        self.lock().retain(|task| task.id != id);
    }

    /// What the tasks did in `seconds` up to now, told at `at`: processor and memory in percent of what they reserve,
    /// as ECS tells them for a service, and the same by task and how many there are, as Container Insights does.
    /// `bytes` went into and out of all of them. Where the system has no `/proc` only what needs none is told.
    pub(super) fn data(
        &self,
        fleet: &Fleet,
        at: Millis,
        seconds: f64,
        bytes: (f64, f64),
    ) -> Vec<MetricDatum> {
        let mut tasks = self.lock();
        let shares: Vec<(String, f64, f64)> = tasks
            .iter_mut()
            .filter_map(|task| {
                let now = of_process(task.process)?;
                let before = task.before.replace(now)?;
                Some((task.id.clone(), cpu(before, now, seconds), memory(now)))
            })
            .collect();
        let count = f64::from(u32::try_from(tasks.len()).unwrap_or(u32::MAX));
        drop(tasks);
        let told = Told { fleet, at };
        told.all(&shares, count, (bytes.0 / seconds, bytes.1 / seconds))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Task>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn cpu(before: Usage, now: Usage, seconds: f64) -> f64 {
    (now.cpu - before.cpu).max(0.0) / seconds / RESERVED_CPU * 100.0
}

fn memory(now: Usage) -> f64 {
    now.memory / RESERVED_MEMORY * 100.0
}

/// Data of one moment.
struct Told<'f> {
    fleet: &'f Fleet,
    at: Millis,
}

const ECS: &str = "AWS/ECS";
const INSIGHTS: &str = "ECS/ContainerInsights";

impl Told<'_> {
    fn all(
        &self,
        shares: &[(String, f64, f64)],
        count: f64,
        (received, sent): (f64, f64),
    ) -> Vec<MetricDatum> {
        let mut data = Vec::new();
        for (task, cpu, memory) in shares {
            let task = Some(task.as_str());
            data.extend([
                self.datum(ECS, "CPUUtilization", None, *cpu, Unit::Percent),
                self.datum(ECS, "MemoryUtilization", None, *memory, Unit::Percent),
                self.datum(INSIGHTS, "TaskCpuUtilization", task, *cpu, Unit::Percent),
                self.datum(
                    INSIGHTS,
                    "TaskMemoryUtilization",
                    task,
                    *memory,
                    Unit::Percent,
                ),
            ]);
        }
        data.extend([
            self.datum(INSIGHTS, "RunningTaskCount", None, count, Unit::Count),
            self.datum(INSIGHTS, "DesiredTaskCount", None, count, Unit::Count),
            self.datum(
                INSIGHTS,
                "NetworkRxBytes",
                None,
                received,
                Unit::BytesPerSecond,
            ),
            self.datum(INSIGHTS, "NetworkTxBytes", None, sent, Unit::BytesPerSecond),
        ]);
        data
    }

    fn datum(
        &self,
        namespace: &str,
        name: &str,
        task: Option<&str>,
        value: f64,
        unit: Unit,
    ) -> MetricDatum {
        let named = [
            ("ClusterName", Some(self.fleet.cluster.as_str())),
            ("ServiceName", Some(self.fleet.service.as_str())),
            ("TaskId", task),
        ];
        let dimensions: Dimensions = named
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned())))
            .collect();
        MetricDatum {
            id: MetricId {
                namespace: namespace.into(),
                name: name.into(),
                dimensions,
            },
            values: DatumValues::Distribution(vec![(value, 1.0)]),
            unit,
            timestamp: self.at,
            high_resolution: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(tasks: &Tasks, bytes: (f64, f64)) -> Vec<(String, f64, usize)> {
        let fleet = Fleet {
            load_balancer: "app/a/1".into(),
            blue: "targetgroup/b/1".into(),
            green: "targetgroup/g/1".into(),
            cluster: "c".into(),
            service: "s".into(),
        };
        let data = tasks.data(&fleet, Millis(0), 5.0, bytes);
        let value = |datum: &MetricDatum| match &datum.values {
            DatumValues::Distribution(values) => values[0].0,
            DatumValues::StatisticSet(set) => set.sum,
        };
        let short = |datum: &MetricDatum| {
            let name = format!("{} {}", datum.id.namespace, datum.id.name);
            (name, value(datum), datum.id.dimensions.len())
        };
        data.iter().map(short).collect()
    }

    #[test]
    fn shares_are_of_what_a_task_reserves() {
        let usage = |cpu, memory| Usage { cpu, memory };
        let (before, now) = (usage(1.0, 0.0), usage(2.0, RESERVED_MEMORY / 4.0));
        assert_eq!(cpu(before, now, 5.0), 40.0);
        assert_eq!(memory(now), 25.0);
    }

    #[test]
    fn without_tasks_their_number_and_traffic_are_told() {
        let insights = |name: &str, value| (format!("ECS/ContainerInsights {name}"), value, 2);
        assert_eq!(
            told(&Tasks::default(), (500.0, 1000.0)),
            [
                insights("RunningTaskCount", 0.0),
                insights("DesiredTaskCount", 0.0),
                insights("NetworkRxBytes", 100.0),
                insights("NetworkTxBytes", 200.0),
            ]
        );
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_running_process_is_measured() {
        let tasks = Tasks::default();
        tasks.add("t", Some(std::process::id()));
        let told = told(&tasks, (0.0, 0.0));
        assert_eq!(told.len(), 8);
        assert!(
            told[1].0 == "AWS/ECS MemoryUtilization" && told[1].1 > 0.0,
            "{told:?}"
        );
        assert_eq!(
            (told[2].0.as_str(), told[2].2),
            ("ECS/ContainerInsights TaskCpuUtilization", 3)
        );
        tasks.remove("t");
        assert_eq!(super::Tasks::lock(&tasks).len(), 0);
    }
}
