import Faces

/// The progress of an extraction; together with the files written so far it allows an exact
/// resumption.
struct ExtractState: Codable, Equatable {
  /// The number of completed inputs.
  var inputs = 0
  /// The state of the current video.
  var clip: ClipState?
  /// The numbers of processed frames and pictures, and of those without a face.
  var frames = 0
  var empty = 0
  /// The numbers of found and of kept faces.
  var found = 0
  var kept = 0
  var rejected: [FaceLimits.Reason: Int] = [:]
  /// The last face kept of each person.
  var last: [String: Thumbnail] = [:]
  /// The presence of each person in completed videos.
  var people: [Double] = []
  /// Inputs that could not be used, and other notes for the user.
  var notes: [String] = []
  var isDone = false

  /// The presence of each person, in the order of their numbers.
  var presences: [Double] { people + (clip?.linker.people.map(\.presence) ?? []) }

  /// True if `most` faces have been kept.
  func isFull(_ most: Int?) -> Bool { most.map { kept >= $0 } ?? false }
}
