import Foundation

/// How a launcher of MPI programs, such as `mpirun` or `srun`, started this process, as its environment
/// tells before MPI is started.
public struct RankLaunch: Equatable, Sendable {
  /// The number of this process, from 0.
  public let rank: Int
  /// The number of processes.
  public let count: Int
  /// The number of them on this machine.
  public let countHere: Int

  /// How this process was started.
  public static let current = RankLaunch(ProcessInfo.processInfo.environment)

  /// Whether this program was built with MPI.
  public static var hasMPI: Bool {
    #if MPI
      true
    #else
      false
    #endif
  }

  init(_ environment: [String: String]) {
    func number(_ names: String...) -> Int? {
      names.lazy.compactMap { environment[$0].flatMap { Int($0) } }.first
    }
    // Slurm numbers all tasks; only its plugin for PMIx starts MPI programs.
    let isSlurm = environment["PMIX_RANK"] != nil
    count =
      number("OMPI_COMM_WORLD_SIZE", "PMI_SIZE") ?? (isSlurm ? number("SLURM_STEP_NUM_TASKS") : nil)
      ?? 1
    rank = number("OMPI_COMM_WORLD_RANK", "PMI_RANK") ?? (isSlurm ? number("PMIX_RANK") : nil) ?? 0
    countHere = number("OMPI_COMM_WORLD_LOCAL_SIZE", "MPI_LOCALNRANKS") ?? 1
  }

  /// The threads that this process should use: its share of the machine, or of the processors that the
  /// launcher bound it to.
  public var threads: Int {
    let bound = ThreadPool.threads
    return bound < ProcessInfo.processInfo.activeProcessorCount ? bound : max(1, bound / countHere)
  }
}

extension Ranks {
  /// The processes that a launcher started together with this one.
  ///
  /// MPI is started on first use, and only if there are several.
  public static let all: Ranks = {
    #if MPI
      if RankLaunch.current.count > 1 { return Ranks(over: MPITransport()) }
    #endif
    return .alone
  }()
}
