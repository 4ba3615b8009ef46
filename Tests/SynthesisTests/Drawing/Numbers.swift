import Foundation

/// All numbers of a value, by their path: `expression.jawOpen`.
func numbers(of value: some Encodable) throws -> [String: Double] {
  let object = try JSONSerialization.jsonObject(with: JSONEncoder().encode(value))
  var numbers: [String: Double] = [:]
  func walk(_ object: Any, _ path: String) {
    if let parts = object as? [String: Any] {
      for (key, part) in parts { walk(part, path.isEmpty ? key : "\(path).\(key)") }
    } else if let number = object as? NSNumber {
      numbers[path] = number.doubleValue
    }
  }
  walk(object, "")
  return numbers
}
