use std::process::ExitCode;

/// What the shell gets back. The numbers are part of the interface and do not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: everything asked for was done.
    Fine,
    /// 1: a text or a file somebody wrote is wrong.
    WrongText,
    /// 2: the command line is wrong.
    Usage,
    /// 3: there are changes (`plan --exit-code`, `drift`).
    Changes,
    /// 4: a check failed.
    CheckFailed,
    /// 5: AWS refused or was not reached.
    Cloud,
    /// 70: a bug in belfry.
    Bug,
}

impl Exit {
    /// The number.
    pub fn code(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::WrongText => 1,
            Self::Usage => 2,
            Self::Changes => 3,
            Self::CheckFailed => 4,
            Self::Cloud => 5,
            Self::Bug => 70,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
