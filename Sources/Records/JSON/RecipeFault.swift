/// What is wrong with a recipe, to be read inside a sentence.
public struct RecipeFault: Error, Equatable {
  public let reason: String

  public init(reason: String) { self.reason = reason }

  /// A key that nobody knows.
  ///
  /// - Parameter path: where the key is, such as `methods.`; empty at the top.
  public init(unknown key: String, at path: String = "", among known: [String]) {
    let nearest = known.nearest(to: key).map { " (did you mean '\(path)\($0)'?)" } ?? ""
    self.init(reason: "unknown key '\(path)\(key)'\(nearest)")
  }
}

extension [String] {
  /// Some names between quotes, the first ones in full.
  public var quotedNames: String {
    let shown = prefix(3).map { "'\($0)'" }.joined(separator: ", ")
    return count > 3 ? "\(shown) and \(count - 3) more" : shown
  }

  /// The one that is most like `word`, if any is like it.
  public func nearest(to word: String) -> String? {
    let distances = map { ($0, $0.distance(to: word.lowercased())) }
    return distances.min { $0.1 < $1.1 }.flatMap {
      $0.1 <= Swift.max(2, $0.0.count / 2) ? $0.0 : nil
    }
  }
}

extension String {
  /// How many letters must be put in, taken out or changed to make the other word (Levenshtein).
  fileprivate func distance(to other: String) -> Int {
    let other = Array(other.prefix(100))
    var row = Array(0...other.count)
    for (index, letter) in enumerated() {
      var next = [index + 1]
      for (place, sign) in other.enumerated() {
        next.append(
          Swift.min(row[place] + (letter == sign ? 0 : 1), row[place + 1] + 1, next[place] + 1))
      }
      row = next
    }
    return row[other.count]
  }
}
