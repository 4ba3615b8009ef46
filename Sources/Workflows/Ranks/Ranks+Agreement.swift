import Engine
import Records

extension Ranks {
  /// Begins the work of several ranks; throws on all of them if they run different programs or have
  /// different options.
  func begin(_ request: some RunRequest) throws(EngineError) {
    guard count > 1 else { return }
    let own = RankIntroduction(
      program: (try? FileHash.ofFile("/proc/self/exe")) ?? "", options: request.choices().values)
    try agree(broadcast(own).flatMap(own.objection))
  }

  /// The result of `work`, if it succeeds on all ranks; throws on all of them otherwise.
  func agreed<Result>(_ work: () throws -> Result) throws -> Result {
    let result = Swift.Result { try work() }
    switch result {
    case .success: try agree(nil)
    case .failure(let error as RankObjection): try agree(error.sentence)
    case .failure(let error):
      let reason = "\(error)"
      try agree("cannot take part: \(reason.hasSuffix(".") ? String(reason.dropLast()) : reason)")
    }
    return try result.get()
  }

  /// Ends the work of the other ranks.
  func dismiss() { _ = broadcast(nil as Bool?) }

  /// Takes part in the work that rank 0 hands out, until it has no more.
  ///
  /// - Parameter work: one piece of it; what the ranks disagree on is thrown at the end, when rank 0 has
  ///   told the user.
  func assist<Task: Codable>(
    _ request: some RunRequest, as type: Task.Type, _ work: (Task) throws -> Void
  ) throws {
    try begin(request)
    var disagreement: EngineError?
    while let task = broadcast(nil as Task?) {
      do {
        try work(task)
      } catch let error as EngineError {
        disagreement = error
      }
    }
    if let disagreement { throw disagreement }
  }
}

/// What a rank says of itself.
private struct RankIntroduction: Codable {
  /// The hash of the program's file.
  let program: String
  /// The given options with their values.
  let options: [String: String]

  /// What this rank objects to, compared with rank 0; nil for nothing.
  func objection(to first: RankIntroduction) -> String? {
    guard program == first.program else { return "runs another program than rank 0" }
    let names = Set(options.keys).union(first.options.keys).sorted()
    return names.first { options[$0] != first.options[$0] }.map { name in
      "has \(name) \(options[name] ?? "not given"), and rank 0 \(first.options[name] ?? "not given")"
    }
  }
}

/// Why a rank cannot take part, as the end of a sentence about it.
struct RankObjection: Error {
  let sentence: String
}
