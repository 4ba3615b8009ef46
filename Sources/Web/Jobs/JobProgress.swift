import Foundation

/// What a job has reported: the events of `--progress json`, and warnings.
struct JobProgress: Encodable, Equatable, Sendable {
  /// How much is done, 0…1; nil if unknown.
  private(set) var fraction: Double?
  /// What it does at the moment.
  private(set) var step: String?
  /// What the user should know, and what went wrong; the newest last.
  private(set) var messages: [String] = []
  /// The run, folder and report of the result, as the command prints them.
  private(set) var result: [String: String] = [:]

  /// The step that is worked on, of a run that consists of several.
  private var current: Step?

  private struct Step: Equatable {
    let words: String
    /// How many steps are done, of all.
    let done, of: Double
  }

  private enum CodingKeys: CodingKey { case fraction, step, messages, result }

  /// Reads more of what the job has written to its output: lines of JSON.
  mutating func read(_ output: some StringProtocol) {
    for line in output.split(separator: "\n") {
      guard
        let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      else { continue }
      if object["event"] is String {
        read(object)
      } else {
        for key in ["run", "folder", "lab", "report", "sheet", "out", "video"] {
          if let value = object[key] as? String { result[key] = value }
        }
      }
    }
    messages = messages.suffix(JobProgress.most)
  }

  /// The progress with more messages: lines of text.
  func adding(messages text: String) -> JobProgress {
    var progress = self
    progress.messages += text.split(separator: "\n").map(String.init)
    progress.messages = progress.messages.suffix(JobProgress.most)
    return progress
  }

  private static let most = 200

  /// Reads an event; the events of a step are inside those of its run.
  private mutating func read(_ event: [String: Any], isOfStep: Bool = false) {
    guard let name = event["event"] as? String else { return }
    if let inner = event["value"] as? [String: Any], inner["event"] is String {
      return read(inner, isOfStep: true)
    }
    let value = event["value"]
    // A step is a run of its own, which is not the job's.
    for key in ["run", "folder"] where name == "started" && !isOfStep {
      if let place = event[key] as? String { result[key] = place }
    }
    if ["noted", "warned", "lacksGroundTruth"].contains(name), let sentence = value as? String {
      return messages.append(sentence)
    }
    var words = JobProgress.words(of: name)
    var share: Double?
    if let of = JobProgress.number(event["of"]), of > 0,
      let done = ["value", "done", "iteration", "number"].lazy.compactMap({
        JobProgress.number(event[$0])
      }).first
    {
      // A step that begins is not done.
      share = (name == "step" ? done - 1 : done) / of
      words += " \(Int(done)) of \(Int(of))"
    } else if let iteration = ["value", "value2"].lazy.compactMap({
      JobProgress.number((event[$0] as? [String: Any])?["iteration"])
    }).first ?? JobProgress.number(event["iteration"]) {
      words += " \(Int(iteration))"
    } else if let number = JobProgress.number(value) {
      words += " \(Int(number))"
    }
    share = JobProgress.number(event["progress"]) ?? share
    if let what = (event["what"] ?? event["result"]) as? String { words += ": \(what)" }
    if isOfStep, let current {
      step = "\(current.words) · \(words)"
      fraction = (current.done + min(1, share ?? 0)) / current.of
    } else {
      (step, fraction) = (words, share.map { min(1, $0) } ?? fraction)
      if name == "started" { current = nil }
      if name == "step", let of = JobProgress.number(event["of"]), let share {
        current = Step(words: words, done: share * of, of: of)
      }
    }
  }

  private static func number(_ value: Any?) -> Double? { (value as? NSNumber)?.doubleValue }

  /// The name of an event's case as words: `foundGroundTruth` as "Found ground truth".
  private static func words(of name: String) -> String {
    if name == "stepped" { return "Iteration" }
    let spaced = name.reduce(into: "") { text, letter in
      text += letter.isUppercase ? " \(letter.lowercased())" : "\(letter)"
    }
    return spaced.prefix(1).uppercased() + spaced.dropFirst()
  }
}
