import Faces
import Foundation

extension Recipe {
  /// What a recipe leaves out is as in `Recipe()`; what it says and is not known is refused.
  public init(from decoder: any Decoder) throws {
    self.init()
    let given = try decoder.container(keyedBy: AnyKey.self).allKeys.map(\.stringValue)
    let known = CodingKeys.allCases.map(\.rawValue)
    if let key = given.sorted().first(where: { !known.contains($0) }) {
      let nearest = known.nearest(to: key).map { "; did you mean '\($0)'?" } ?? ""
      throw RecipeFault(reason: "it has an unknown key '\(key)'\(nearest)")
    }
    let values = try decoder.container(keyedBy: CodingKeys.self)
    func take<Value: Decodable>(_ key: CodingKeys, into value: inout Value) throws {
      if values.contains(key) { value = try values.decode(Value.self, forKey: key) }
    }
    try take(.about, into: &about)
    try take(.people, into: &people)
    try take(.count, into: &count)
    try take(.seed, into: &seed)
    try take(.size, into: &size)
    try take(.sequence, into: &sequence)
    try take(.yaw, into: &yaw)
    try take(.pitch, into: &pitch)
    try take(.roll, into: &roll)
    try take(.masks, into: &masks)
    try take(.depth, into: &depth)
    if let fault { throw RecipeFault(reason: fault) }
  }

  /// The recipe in some JSON; `path` is for messages alone.
  init(json: Data, path: String) throws(LabError) {
    do {
      self = try JSONDecoder().decode(Recipe.self, from: json)
    } catch {
      let reason = (error as? RecipeFault)?.reason ?? (error as? DecodingError)?.plainReason
      throw .badRecipe(path: path, reason: reason ?? "it cannot be read")
    }
  }

  /// What is out of its range, to be read inside a sentence; nil if all is well.
  private var fault: String? {
    func fault<Value: Comparable>(
      _ key: CodingKeys, _ value: Value, _ range: ClosedRange<Value>
    ) -> String? {
      range.contains(value)
        ? nil
        : "'\(key.rawValue)' must be between \(range.lowerBound) and \(range.upperBound), not \(value)"
    }
    return fault(.people, people, 1...Recipe.mostPictures) ?? fault(
      .count, count, 1...Recipe.mostPictures)
      ?? fault(.size, size, Recipe.sizes) ?? fault(.yaw, yaw, Recipe.yaws)
      ?? fault(.pitch, pitch, Recipe.pitches) ?? fault(.roll, roll, Recipe.rolls)
  }
}

/// What is wrong with a recipe, to be read inside a sentence.
private struct RecipeFault: Error {
  let reason: String
}

/// Any key of an object.
private struct AnyKey: CodingKey {
  let stringValue: String
  let intValue: Int? = nil

  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { return nil }
}

extension [String] {
  /// The one that is most like `word`, if any is like it.
  func nearest(to word: String) -> String? {
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
