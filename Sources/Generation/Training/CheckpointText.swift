import Foundation

extension Encodable {
  /// The value as JSON with sorted keys, for the metadata of checkpoints.
  var checkpointText: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}
