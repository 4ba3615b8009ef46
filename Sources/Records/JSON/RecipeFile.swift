public import Foundation

/// A recipe: a few lines of JSON that change the defaults of a value.
///
/// Anybody may have written one: its size and nesting are bounded, and unknown keys, wrong types and values
/// out of range are refused by name.
public protocol RecipeFile: Codable {
  /// The defaults.
  init()
  /// The document that lists the keys.
  static var manual: String { get }
  /// Which value is out of range, to be used inside a sentence; nil if none is.
  var fault: String? { get }
}

extension RecipeFile {
  /// Reads a file.
  public init(reading path: String) throws(RecordsError) {
    // One byte more than allowed shows that a file is too long.
    guard let data = try RunFolder.contents(of: path, most: RecipeLimits.bytes + 1) else {
      throw Self.refusal(of: path, RecipeFault(reason: "no such file"))
    }
    try self.init(json: data, path: path)
  }

  /// Reads some JSON.
  ///
  /// - Parameter path: where it is from, for messages.
  public init(json: Data, path: String) throws(RecordsError) {
    do throws(RecipeFault) {
      try RecipeLimits.check(json)
      self = try JSONTree.reading(json, over: Self())
      if let fault { throw RecipeFault(reason: fault) }
    } catch {
      throw Self.refusal(of: path, error)
    }
  }

  /// The error for a recipe that cannot be used.
  ///
  /// - Parameter path: its file; empty for a recipe that is in none.
  public static func refusal(of path: String, _ fault: RecipeFault) -> RecordsError {
    .badRecipe(path: path, reason: fault.reason, manual: manual)
  }
}

/// How large recipes may be.
enum RecipeLimits {
  static let bytes = 1 << 20
  /// Objects and arrays inside each other.
  static let depth = 16

  static func check(_ json: Data) throws(RecipeFault) {
    guard json.count <= bytes else {
      throw RecipeFault(reason: "larger than \(bytes >> 20) MB")
    }
    var (open, isString, isEscaped) = (0, false, false)
    for byte in json {
      if isEscaped {
        isEscaped = false
      } else if isString {
        isEscaped = byte == UInt8(ascii: "\\")
        isString = byte != UInt8(ascii: "\"")
      } else {
        switch byte {
        case UInt8(ascii: "\""): isString = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): open += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"): open -= 1
        default: break
        }
        guard open <= depth else {
          throw RecipeFault(reason: "nested more than \(depth) levels deep")
        }
      }
    }
  }
}
