/// Says who is who in a clip: joins the ways of faces through its stretches to people.
///
/// A face goes on where one of nearly the same look was shortly before; one that comes back later, or
/// elsewhere after a cut, must look very much as it did at some time. Who is not recognized is
/// someone new.
public struct TrackLinker: Codable, Equatable, Sendable {
  /// The people seen so far, in the order of their first appearance.
  public private(set) var people: [Person] = []

  /// Someone in a clip.
  public struct Person: Codable, Equatable, Sendable {
    /// In how many frames.
    public internal(set) var frames = 0
    /// The squares of the face's widths in pixels, added up: who is large and long there is first.
    public internal(set) var presence = 0.0
    /// The frame after the last one.
    var end: Int
    /// The face there.
    var last: TrackedFace
    /// How the face has looked so far, the latest looks last.
    var looks: [Thumbnail] = []
  }

  /// Frames that a face may be away and still go on in its place.
  private static let shortAbsence = 12
  /// The least likeness of a face that goes on in its place.
  private static let goingOn = 0.6
  /// The least likeness of a face that comes back.
  private static let comingBack = 0.9
  /// A face less like than this to each of somebody's looks is a new one.
  fileprivate static let newLook = 0.95
  /// The most looks that are kept of anyone.
  fileprivate static let mostLooks = 24

  /// Nobody was seen yet.
  public init() {}

  /// The person of each tracklet of the next stretch; its first frame is `start` of the clip.
  public mutating func link(_ tracklets: [Tracklet], from start: Int) -> [Int] {
    var assigned = [Int](repeating: -1, count: tracklets.count)
    // In the order of time, larger faces first: a place in `people` follows from the clip alone.
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

  /// The faces in the frame before `frame` of the clip.
  public func faces(before frame: Int) -> [TrackedFace] {
    people.filter { $0.end == frame }.map(\.last)
  }

  /// Who of those that are not there now a face most likely is.
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

  /// The people, the largest first.
  public var ranking: [Int] {
    people.indices.sorted {
      people[$0].presence != people[$1].presence
        ? people[$0].presence > people[$1].presence : $0 < $1
    }
  }
}

extension TrackLinker.Person {
  /// How alike any look of this person and any face of the way are at most.
  fileprivate func likeness(to tracklet: Tracklet) -> Double {
    let faces = tracklet.faces.map(\.thumbnail)
    return looks.flatMap { look in faces.map(look.likeness) }.max() ?? -1
  }

  /// Keeps a look that is unlike those that are known.
  fileprivate mutating func note(_ look: Thumbnail) {
    guard looks.allSatisfy({ $0.likeness(to: look) < TrackLinker.newLook }) else { return }
    looks.append(look)
    if looks.count > TrackLinker.mostLooks { looks.removeFirst() }
  }
}
