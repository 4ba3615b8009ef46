import Detection
import Foundation
import Records

extension FileVerdict {
  /// The answer about the whole file in a few words.
  public var answer: String {
    if verdict == .notApplicable { return "not applicable; no face was scored" }
    guard !people.isEmpty else {
      return "no face found in \(frames) \(frames == 1 ? "picture" : "frames"); no verdict"
    }
    return verdict.rawValue
  }

  /// Everything that is said of the file, on several lines.
  public var text: String {
    var lines = ["\(file): \(answer)"]
    for person in people {
      let who = people.count > 1 ? "identity \(person.person): " : ""
      lines.append("  \(who)\(person.text)")
      lines += person.details.map { "    \($0)" }
      if person.detectors.count == 1 { lines.append("    detector \(person.detectors[0].model)") }
      for part in person.detectors where person.detectors.count > 1 {
        let gap = String(repeating: " ", count: max(1, 32 - part.model.count))
        lines.append("    \(part.model)\(gap)\(part.text)")
      }
    }
    if !people.isEmpty, framesWithoutFace > 0 {
      lines.append("  no face in \(framesWithoutFace) of \(frames) frames")
    }
    return lines.joined(separator: "\n")
  }
}

extension PersonVerdict {
  /// The verdict in one word.
  public var answer: String { verdict.rawValue }

  /// How the score compares with others, and how sure its mean is; each a sentence without a period.
  public var details: [String] {
    var details = context.map { [$0.text] } ?? []
    if let interval {
      details.append(
        "mean of \(faces) frames, 95 % interval \(NumberText.fixed(interval.low, 3)) to "
          + "\(NumberText.fixed(interval.high, 3)); \(Int((fakeFrames * 100).rounded())) % "
          + "of frames score as fake")
    }
    return details
  }

  /// The limits of verdicts: the score from which on it is fake, and the one below which it is real.
  public var limits: (fakeAt: Double, realBelow: Double) {
    (operatingPoint.fakeAt, operatingPoint.realBelow)
  }
}

extension FileVerdict {
  /// The verdicts in a run's folder: its own, or those of its numbered folders; with the folder of each.
  public static func all(in folder: String) throws -> [(verdict: FileVerdict, folder: String)] {
    let inner = try RunFolder.names(in: folder).filter { $0.count == 4 && Int($0) != nil }
    return try ([folder] + inner.map { "\(folder)/\($0)" }).compactMap { folder in
      guard let data = try RunFolder.contents(of: "\(folder)/\(VerdictFiles.file)") else {
        return nil
      }
      guard let verdict = try? JSONDecoder().decode(FileVerdict.self, from: data) else {
        throw RecordsError.unreadable(
          path: "\(folder)/\(VerdictFiles.file)", reason: "not a verdict")
      }
      return (verdict, folder)
    }
  }
}
