import Foundation
import Testing

/// A golden file beside the script that made it.
func golden<Value: Decodable>(_ name: String, as type: Value.Type = Value.self) throws -> Value {
  let url = try #require(
    Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Golden"))
  return try JSONDecoder().decode(Value.self, from: Data(contentsOf: url))
}
