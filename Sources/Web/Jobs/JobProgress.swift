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

  /// - Parameters:
  ///   - output: lines of JSON.
  ///   - messages: lines of text.
  init(output: String, messages: String) {
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
    self.messages += messages.split(separator: "\n").map(String.init)
    self.messages = Array(self.messages.suffix(JobProgress.most))
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
    if let of = number(event["of"]), of > 0,
      let done = ["value", "done", "iteration", "number"].lazy.compactMap({
        JobProgress.number(event[$0])
      }).first
    {
      fraction = min(1, done / of)
      words += " \(Int(done)) of \(Int(of))"
    } else if let iteration = JobProgress.number(event["iteration"])
      ?? JobProgress.number(
        (event["value"] as? [String: Any])?["iteration"])
    {
      words += " \(Int(iteration))"
    } else if let number = JobProgress.number(value) {
      words += " \(Int(number))"
    }
    if let progress = JobProgress.number(event["progress"]) { fraction = min(1, progress) }
    if let what = (event["what"] ?? event["result"]) as? String { words += ": \(what)" }
    step = words
  }

  private func number(_ value: Any?) -> Double? { JobProgress.number(value) }

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
