import ArgumentParser
import Engine
import Synchronization

/// A command that a launcher of MPI programs started several times.
enum RankedCommand {
  /// Whether this process prints nothing, because the first rank does; shards speak for themselves.
  static let isSilent = RankLaunch.current.rank > 0 && !isShard

  /// Whether each process makes a part of its own.
  private static let isShard = CommandLine.arguments.contains { $0.hasPrefix("--shard") }

  /// Refuses to run as several processes that would do the same work.
  static func check(_ command: any ParsableCommand) throws {
    guard RankLaunch.current.count > 1, !isShard else { return }
    let isPossible =
      (command as? any RequestCommand).map { type(of: $0).runsOnRanks }
      ?? (command as? Detect)?.runsOnRanks ?? false
    guard isPossible else {
      throw RankFailure(
        description: "This command cannot run on several ranks. Start it without mpirun.")
    }
    guard RankLaunch.hasMPI else {
      throw RankFailure(
        description:
          "This dflab was built without MPI. Build one with 'make mpi', or start it without mpirun."
      )
    }
  }

  /// Tells the user why a job of several ranks ends: `mpirun` terminates all ranks if one has ended.
  static func noteTermination() {
    guard RankLaunch.current.count > 1, !isSilent else { return }
    Terminal().warn(
      "Terminated: another rank has ended, or the job was canceled. "
        + "Rerun the command to resume from the last checkpoint.")
  }

  /// Takes part in the work of rank 0, which tells the user what goes wrong on all ranks.
  static func assist(_ work: () throws -> Void) throws {
    do {
      try work()
    } catch EngineError.disagreeingRanks {
      throw ExitCode.failure
    } catch {
      Terminal.isSilent.store(false, ordering: .relaxed)
      Terminal().warn(
        "Error: Rank \(RankLaunch.current.rank) failed: \(error) "
          + "Rerun the command to resume from the last checkpoint.")
      Ranks.all.abort()
    }
  }
}

/// A command cannot run on several ranks.
struct RankFailure: Error, CustomStringConvertible {
  let description: String
}
