use rust_decimal::Decimal;

use super::size::hours;
use crate::cost::Usd;
use crate::cost::prices::{Allowances, Item, PriceError, PriceList, item};

/// The processor and the system of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Architecture {
    /// Linux on x86-64.
    X86,
    /// Linux on ARM (Graviton).
    Arm64,
    /// Windows Server on x86-64: not in the built-in price list.
    Windows,
}

/// What a task asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FargateTask {
    /// vCPUs: 0.25 and more.
    pub vcpu: Decimal,
    /// Gigabytes of memory.
    pub memory_gb: Decimal,
    /// Gigabytes of ephemeral storage; 20 come with the task.
    pub ephemeral_gb: Decimal,
    /// Processor and system.
    pub architecture: Architecture,
    /// On spare capacity, at a price that floats.
    pub spot: bool,
}

/// How often tasks run, and how long each time, from the pull of the image to the stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Runs {
    /// Runs altogether: tasks times days times runs a day.
    pub count: Decimal,
    /// Seconds of each.
    pub seconds: Decimal,
}

impl Runs {
    /// Tasks that run the whole time, for so many hours.
    pub fn steady(tasks: Decimal, hours: Decimal) -> Self {
        Self {
            count: tasks,
            seconds: hours * Decimal::from(3600),
        }
    }
}

/// What tasks cost, by part, unrounded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FargateCost {
    /// vCPU-hours.
    pub cpu: Usd,
    /// GB-hours of memory.
    pub memory: Usd,
    /// GB-hours of storage above what comes with a task.
    pub storage: Usd,
    /// The licence of Windows.
    pub system: Usd,
}

impl FargateCost {
    /// The exact sum.
    pub fn total(&self) -> Usd {
        self.cpu + self.memory + self.storage + self.system
    }
}

/// Gigabytes of ephemeral storage that every task has (the price list's note).
const FREE_STORAGE: i64 = 20;
/// The most it can have (Fargate's developer guide).
const MOST_STORAGE: i64 = 200;

const WINDOWS_CPU: Item = Item::new("Fargate", "vCPU, Windows", "vCPU-hour");
const WINDOWS_MEMORY: Item = Item::new("Fargate", "Memory, Windows", "GB-hour");
const WINDOWS_SYSTEM: Item = Item::new("Fargate", "Operating system, Windows", "vCPU-hour");

/// What `runs` of `task` cost: by the second, rounded up, with a minimum for each run of one minute (Windows: five).
///
/// # Errors
///
/// A price that the list lacks, and more storage than Fargate gives.
pub fn fargate(
    list: &PriceList,
    task: &FargateTask,
    runs: &Runs,
) -> Result<FargateCost, PriceError> {
    if task.ephemeral_gb > Decimal::from(MOST_STORAGE) {
        let found = task.ephemeral_gb;
        return Err(PriceError::Quantity(format!(
            "{found} GB of ephemeral storage: a Fargate task has at most {MOST_STORAGE}"
        )));
    }
    let (cpu, memory) = items(task)?;
    let task_hours = runs.count * hours(billed_seconds(task, runs));
    let storage = (task.ephemeral_gb - Decimal::from(FREE_STORAGE)).max(Decimal::ZERO);
    let cost = |item: &Item, quantity| -> Result<Usd, PriceError> {
        Ok(list.price(item)?.cost(quantity, Allowances::Used))
    };
    let system = match task.architecture {
        Architecture::Windows => cost(&WINDOWS_SYSTEM, task_hours * task.vcpu)?,
        Architecture::X86 | Architecture::Arm64 => Usd::ZERO,
    };
    Ok(FargateCost {
        cpu: cost(&cpu, task_hours * task.vcpu)?,
        memory: cost(&memory, task_hours * task.memory_gb)?,
        storage: cost(&item::FARGATE_STORAGE, task_hours * storage)?,
        system,
    })
}

fn items(task: &FargateTask) -> Result<(Item, Item), PriceError> {
    Ok(match (task.architecture, task.spot) {
        (Architecture::X86, false) => (item::FARGATE_VCPU_X86, item::FARGATE_MEMORY_X86),
        (Architecture::X86, true) => (item::FARGATE_SPOT_VCPU_X86, item::FARGATE_SPOT_MEMORY_X86),
        (Architecture::Arm64, false) => (item::FARGATE_VCPU_ARM, item::FARGATE_MEMORY_ARM),
        (Architecture::Arm64, true) => (item::FARGATE_SPOT_VCPU_ARM, item::FARGATE_SPOT_MEMORY_ARM),
        (Architecture::Windows, false) => (WINDOWS_CPU, WINDOWS_MEMORY),
        (Architecture::Windows, true) => {
            let reason = "Fargate sells no spare capacity for Windows";
            return Err(PriceError::Quantity(reason.to_owned()));
        }
    })
}

fn billed_seconds(task: &FargateTask, runs: &Runs) -> Decimal {
    let least = match task.architecture {
        Architecture::X86 | Architecture::Arm64 => 60,
        Architecture::Windows => 300,
    };
    if runs.seconds.is_zero() {
        return Decimal::ZERO;
    }
    runs.seconds.ceil().max(Decimal::from(least))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task() -> FargateTask {
        FargateTask {
            vcpu: Decimal::new(5, 1),
            memory_gb: Decimal::ONE,
            ephemeral_gb: Decimal::from(20),
            architecture: Architecture::X86,
            spot: false,
        }
    }

    fn cost(task: &FargateTask, runs: Runs) -> Usd {
        fargate(PriceList::built_in().unwrap(), task, &runs)
            .unwrap()
            .total()
    }

    #[test]
    fn two_small_tasks_cost_thirty_five_dollars_fifty_five_a_month() {
        let month = Runs::steady(Decimal::TWO, 720.into());
        assert_eq!(cost(&task(), month).cents(), "35.55");
        assert_eq!(
            cost(&task(), month).dollars().normalize().to_string(),
            "35.5464"
        );
    }

    #[test]
    fn a_run_pays_a_minute_at_least_and_started_seconds_whole() {
        let run = |seconds: &str| {
            let runs = Runs {
                count: Decimal::ONE,
                seconds: seconds.parse().unwrap(),
            };
            cost(&task(), runs)
        };
        assert_eq!(run("1"), run("60"));
        assert_eq!(run("60.1"), run("61"));
        assert!(run("61") > run("60"));
        assert!(run("0").is_zero());
    }

    #[test]
    fn windows_has_no_price_and_storage_an_end() {
        let list = PriceList::built_in().unwrap();
        let runs = Runs::steady(Decimal::ONE, Decimal::ONE);
        let windows = FargateTask {
            architecture: Architecture::Windows,
            ..task()
        };
        let told = fargate(list, &windows, &runs).unwrap_err().to_string();
        assert!(told.contains("Windows` of `Fargate` is unknown"), "{told}");
        let large = FargateTask {
            ephemeral_gb: 201.into(),
            ..task()
        };
        let told = fargate(list, &large, &runs).unwrap_err().to_string();
        assert!(told.ends_with("a Fargate task has at most 200"), "{told}");
    }
}
