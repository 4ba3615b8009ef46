/// Links the tracks in the chunks of a video to people.
///
/// A track continues a person with a similar look at that position shortly before. A person who
/// returns later, or elsewhere after a cut, must look very similar to one of the earlier looks. A
/// face that matches nobody is a new person.
public struct TrackLinker: Codable, Equatable, Sendable {
  /// The people seen so far, in the order of their first appearance.
  public private(set) var people: [Person] = []

  /// A person in a video.
  public struct Person: Codable, Equatable, Sendable {
    /// The number of frames.
    public internal(set) var frames = 0
    /// The sum of the squared face widths in pixels: large, frequent faces rank first.
    public internal(set) var presence = 0.0
    /// The frame after the last one.
    var end: Int
    /// The face there.
    var last: TrackedFace
    /// The looks of the face so far, the latest last.
    var looks: [Thumbnail] = []
  }

  /// The maximum gap, in frames, after which a face still continues at its position.
  private static let shortAbsence = 12
  /// The minimum similarity for continuing at a position.
  private static let goingOn = 0.6
  /// The minimum similarity for returning.
  private static let comingBack = 0.9
  /// A face with a lower similarity than this to each look is a new look.
  fileprivate static let newLook = 0.95
  /// The maximum number of looks per person.
  fileprivate static let mostLooks = 24

  /// No people yet.
  public init() {}

  /// The person of each tracklet of the next chunk, whose first frame is `start` of the video.
  public mutating func link(_ tracklets: [Tracklet], from start: Int) -> [Int] {
    var assigned = [Int](repeating: -1, count: tracklets.count)
    // In order of time, larger faces first, so that indices in `people` depend only on the video.
    let order = tracklets.indices.sorted {
      let (a, b) = (tracklets[$0], tracklets[$1])
      return a.first != b.first ? a.first < b.first : a.faces[0].box.width > b.faces[0].box.width
    }
    for index in order {
      let tracklet = tracklets[index]
      let person = match(tracklet, at: start + tracklet.first) ?? people.count
      if person == people.count { people.append(Person(end: 0, last: tracklet.faces[0])) }
      assigned[index] = person
      people[person].frames += tracklet.faces.count
      people[person].presence += tracklet.faces.reduce(0) { $0 + $1.box.width * $1.box.width }
      people[person].end = start + tracklet.end
      if let last = tracklet.faces.last {
        people[person].last = last
        people[person].note(last.thumbnail)
      }
    }
    return assigned
  }

  /// The faces in the frame before `frame` of the video.
  public func faces(before frame: Int) -> [TrackedFace] {
    people.filter { $0.end == frame }.map(\.last)
  }

  /// The best match for a tracklet among the people who are absent.
  private func match(_ tracklet: Tracklet, at frame: Int) -> Int? {
    let face = tracklet.faces[0]
    var best: (person: Int, value: Double)?
    for (index, person) in people.enumerated() where person.end <= frame {
      let isNear =
        frame - person.end <= TrackLinker.shortAbsence
        && person.last.box.overlap(with: face.box) > 0.3
      let likeness =
        isNear
        ? person.last.thumbnail.likeness(to: face.thumbnail) : person.likeness(to: tracklet)
      guard likeness > (isNear ? TrackLinker.goingOn : TrackLinker.comingBack) else { continue }
      let value = likeness + (isNear ? 1 : 0)
      if value > best?.value ?? 0 { best = (index, value) }
    }
    return best?.person
  }

  /// The people, largest presence first.
  public var ranking: [Int] {
    people.indices.sorted {
      people[$0].presence != people[$1].presence
        ? people[$0].presence > people[$1].presence : $0 < $1
    }
  }
}

extension TrackLinker.Person {
  /// The maximum similarity of any look of this person and any face of the tracklet.
  fileprivate func likeness(to tracklet: Tracklet) -> Double {
    let faces = tracklet.faces.map(\.thumbnail)
    return looks.flatMap { look in faces.map(look.likeness) }.max() ?? -1
  }

  /// Stores a look that differs from the known ones.
  fileprivate mutating func note(_ look: Thumbnail) {
    guard looks.allSatisfy({ $0.likeness(to: look) < TrackLinker.newLook }) else { return }
    looks.append(look)
    if looks.count > TrackLinker.mostLooks { looks.removeFirst() }
  }
}
