import Faces
import Foundation
import Records

extension Recipe {
  /// Omitted keys have the values of `Recipe()`; unknown ones are refused.
  public init(from decoder: any Decoder) throws {
    self.init()
    let given = try decoder.container(keyedBy: AnyKey.self).allKeys.map(\.stringValue)
    let known = CodingKeys.allCases.map(\.rawValue)
    if let key = given.sorted().first(where: { !known.contains($0) }) {
      throw RecipeFault(unknown: key, among: known)
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

  /// The recipe in JSON; `path` is for error messages.
  init(json: Data, path: String) throws {
    do {
      self = try JSONDecoder().decode(Recipe.self, from: json)
    } catch {
      let reason = (error as? RecipeFault)?.reason ?? (error as? DecodingError)?.plainReason
      throw WorkflowError.badRecipe(path: path, reason: reason ?? "invalid JSON")
    }
  }

  /// A value out of range, phrased for the middle of a sentence; nil if there is none.
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

/// Any key of an object.
private struct AnyKey: CodingKey {
  let stringValue: String
  let intValue: Int? = nil

  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { return nil }
}
