use std::fs;
use std::path::Path;

/// Clock ticks a second in `/proc` (proc_pid_stat(5): `USER_HZ`, 100 on every platform of Linux).
const TICKS: f64 = 100.0;

/// What a process has used so far.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Usage {
    /// Seconds of processor time, its own and the kernel's for it.
    pub(super) cpu: f64,
    /// Bytes of memory that are its own now.
    pub(super) memory: f64,
}

/// Reads what a process uses from `/proc`; nothing where there is no such process, or no `/proc`.
pub(super) fn of_process(id: u32) -> Option<Usage> {
    read(&Path::new("/proc").join(id.to_string()))
}

fn read(folder: &Path) -> Option<Usage> {
    let stat = fs::read_to_string(folder.join("stat")).ok()?;
    let status = fs::read_to_string(folder.join("status")).ok()?;
    // The name in brackets may hold anything; what follows it does not.
    let (_, fields) = stat.rsplit_once(')')?;
    let fields: Vec<&str> = fields.split_ascii_whitespace().collect();
    // Fields 14 and 15 of the file are utime and stime; the first behind the name is field 3.
    let ticks = |field: usize| fields.get(field - 3)?.parse::<f64>().ok();
    let resident = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: f64 = resident.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(Usage {
        cpu: (ticks(14)? + ticks(15)?) / TICKS,
        memory: kibibytes * 1024.0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn processor_time_and_memory_are_read_past_any_name() {
        let folder = tempfile::tempdir().unwrap();
        let stat = "7 (a) b (c) S 1 7 7 0 -1 4194560 100 0 0 0 250 50 0 0 20 0 4 0 100 1000 200";
        fs::write(folder.path().join("stat"), stat).unwrap();
        fs::write(
            folder.path().join("status"),
            "Name:\ta\nVmRSS:\t    2048 kB\n",
        )
        .unwrap();
        let expected = Usage {
            cpu: 3.0,
            memory: 2_097_152.0,
        };
        assert_eq!(read(folder.path()), Some(expected));
    }

    #[test]
    fn a_process_that_is_gone_uses_nothing_that_is_known() {
        assert_eq!(read(Path::new("/proc/none")), None);
    }
}
