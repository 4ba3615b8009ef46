/// An error in a recipe, phrased for the middle of a sentence.
public struct RecipeFault: Error, Equatable {
  public let reason: String

  public init(reason: String) { self.reason = reason }

  /// An unknown key.
  ///
  /// - Parameter path: the position of the key, such as `methods.`; empty at the top.
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

  /// The element most similar to `word`, if any is similar.
  public func nearest(to word: String) -> String? {
    let distances = map { ($0, $0.distance(to: word.lowercased())) }
    return distances.min { $0.1 < $1.1 }.flatMap {
      $0.1 <= Swift.max(2, $0.0.count / 2) ? $0.0 : nil
    }
  }
}

extension String {
  /// The edit distance to another word (Levenshtein).
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
