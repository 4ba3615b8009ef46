import Engine
import Faces
import Generation
import Media
import Records

/// Makes a sample of a labeled dataset: forged or not, then processed alike.
struct SampleMaker: Sendable {
  let forger: Forger
  /// The picture of each face, as `set/file`.
  let pictures: [String]
  let degradations: DegradationDraw
  let seed: UInt64
  /// Pixels along a side.
  let side: Int
  /// The faces of each split.
  let donors: [Split: [Int]]

  /// The encoding of every file: neither tables nor mark reveal the label.
  static let format = PictureFormat.jpeg(quality: 95)
  /// Real samples have it too, because a mark on fakes only would reveal them.
  static let mark = Mark.synthetic(by: Program.name)

  /// A sample's file, line, and blending boundary.
  struct Made: Sendable {
    let bytes: [UInt8]
    let boundary: [UInt8]?
    var sample: Sample
  }

  /// Makes sample `number`, which depends only on `entry` and the seed.
  func make(_ entry: AugmentPlan.Entry, number: Int) throws -> Made {
    let face = forger.faces[entry.face]
    let chance = RandomSource(seed: seed).split(entry.unit).split(entry.member)
    let forgery = entry.method.flatMap { method in
      forger.forgery(
        method, of: entry.face, donors: donors[entry.split] ?? [], randomness: chance.split(1))
    }
    // A real sample and its fake have the same random degradations.
    let drawn = degradations.drawn(randomness: chance.split(2))
    let bytes = try SampleMaker.file(
      of: forgery?.image, real: face.image, side: side, drawn, chance: chance)
    var sample = line(entry, face, forgery, number)
    sample.degradations = drawn.isEmpty ? nil : drawn
    sample.hash = FileHash.of(bytes)
    let boundary = try forgery?.boundary?.encoded(mark: SampleMaker.mark)
    if boundary != nil { sample.boundary = AugmentFolder.boundary(number) }
    return Made(bytes: bytes, boundary: boundary, sample: sample)
  }

  /// A finished file, made alike for both classes: degraded, encoded, padded.
  ///
  /// - Parameters:
  ///   - forged: the forged face; nil for the file of the real one.
  ///   - chance: the same for twins.
  static func file(
    of forged: Image?, real: Image, side: Int, _ degradations: [Degradation], chance: RandomSource
  ) throws(MediaError) -> [UInt8] {
    func encoded(_ image: Image) throws(MediaError) -> [UInt8] {
      let shown = image.resized(width: side, height: side, filter: .area)
      return try degradations.applied(to: shown, randomness: chance.split(3))
        .encoded(as: format, mark: mark)
    }
    let twin = try encoded(real)
    let own = try forged.map(encoded) ?? twin
    let length = PaddedJPEG.length(of: own.count, real: twin.count, chance: chance.split(4))
    return PaddedJPEG.padded(own, to: length)
  }

  /// The sample's line in the manifest, without its hash.
  private func line(
    _ entry: AugmentPlan.Entry, _ face: RealFace, _ forgery: Forgery?, _ number: Int
  ) -> Sample {
    let donor = forgery?.donor.map { forger.faces[$0] }
    var (people, clips) = ([face.identity], [face.clip])
    if let other = donor?.identity ?? forgery?.identity, other != face.identity {
      people.append(other)
    }
    if let donor, donor.clip != face.clip { clips.append(donor.clip) }
    let method = forgery == nil ? nil : entry.method?.name
    var sample = Sample(
      path: AugmentFolder.picture(number), label: method == nil ? .real : .fake,
      split: entry.split, identities: people, clips: clips, method: method ?? Sample.real)
    sample.frame = face.frame
    sample.seed = seed
    var parameters = forgery?.parameters ?? [:]
    parameters["source"] = .word(pictures[entry.face])
    if let donor = forgery?.donor { parameters["donor_source"] = .word(pictures[donor]) }
    sample.parameters = parameters
    let scale = Float(side) / Float(Crop.pictureSide)
    sample.landmarks = face.landmarks?.map {
      ($0 * scale * 100).rounded(.toNearestOrEven) / 100
    }
    return sample
  }
}
