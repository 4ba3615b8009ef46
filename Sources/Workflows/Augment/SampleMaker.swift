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
  /// The clip that each face is the first frame of; nil where samples are pictures.
  let clips: [SourceClip]?
  /// How much the forged frames of a clip differ.
  let jitter: FrameJitter
  /// Real samples have it too, because a mark on fakes only would reveal them; it names no ingredients,
  /// which would.
  let mark: Mark

  /// The encoding of every file: neither tables nor mark reveal the label.
  static let format = PictureFormat.jpeg(quality: 95)

  /// A sample's line and its files, by their paths below the dataset's folder.
  struct Made: Sendable {
    let files: [(path: String, bytes: [UInt8])]
    let sample: Sample
  }

  /// Makes sample `number`, which depends only on `entry` and the seed.
  func make(_ entry: AugmentPlan.Entry, number: Int) throws -> Made {
    let chance = RandomSource(seed: seed).split(entry.unit).split(entry.member)
    if let clips { return try make(entry, number, of: clips, chance) }
    let face = forger.faces[entry.face]
    let forgery = entry.method.flatMap { method in
      forger.forgery(
        method, of: entry.face, donors: donors[entry.split] ?? [], randomness: chance.split(1))
    }
    // A real sample and its fake have the same random degradations.
    let drawn = degradations.drawn(randomness: chance.split(2))
    let bytes = try SampleMaker.file(
      of: forgery?.image, real: face.image, side: side, drawn, chance: chance, mark: mark)
    var sample = line(
      entry, at: AugmentFolder.picture(number),
      forgery.map { ($0.parameters, $0.donor, $0.identity) })
    sample.frame = face.frame
    sample.landmarks = placed(face.landmarks)
    sample.degradations = drawn.isEmpty ? nil : drawn
    sample.hash = FileHash.of(bytes)
    var files = [(sample.path, bytes)]
    if let boundary = try forgery?.boundary?.encoded(mark: mark) {
      let path = AugmentFolder.boundary(number)
      sample.boundary = path
      files.append((path, boundary))
    }
    return Made(files: files, sample: sample)
  }

  /// A finished file, made alike for both classes: degraded, encoded, padded, signed.
  ///
  /// - Parameters:
  ///   - forged: the forged face; nil for the file of the real one.
  ///   - chance: the same for twins.
  static func file(
    of forged: Image?, real: Image, side: Int, _ degradations: [Degradation], chance: RandomSource,
    mark: Mark
  ) throws(MediaError) -> [UInt8] {
    func shown(_ image: Image) throws(MediaError) -> Image {
      try degradations.applied(
        to: image.resized(width: side, height: side, filter: .area), randomness: chance.split(3))
    }
    return try file(try forged.map(shown), real: try shown(real), chance: chance, mark: mark)
  }

  /// A finished file of a degraded picture, whose length half follows from that of the real twin.
  ///
  /// - Parameter forged: nil for the file of the real one.
  static func file(
    _ forged: Image?, real: Image, chance: RandomSource, mark: Mark
  ) throws(MediaError) -> [UInt8] {
    let twin = try forged.map { _ throws(MediaError) in
      try real.unsignedSize(as: format, mark: mark)
    }
    return try (forged ?? real).encoded(as: format, mark: mark) { own in
      let length = PaddedJPEG.length(
        of: own.count, real: twin ?? own.count, chance: chance.split(4))
      return PaddedJPEG.padded(own, to: length)
    }
  }

  /// What is known of a forgery: its parameters, the donor's face, and the inserted identity.
  typealias Forged = (parameters: [String: ParameterValue], donor: Int?, identity: String?)

  /// The sample's line in the manifest, without its pictures.
  ///
  /// - Parameter forged: nil for a real sample.
  func line(_ entry: AugmentPlan.Entry, at path: String, _ forged: Forged?) -> Sample {
    let face = forger.faces[entry.face]
    let donor = forged?.donor.map { forger.faces[$0] }
    var (people, clips) = ([face.identity], [face.clip])
    if let other = donor?.identity ?? forged?.identity, other != face.identity {
      people.append(other)
    }
    if let donor, donor.clip != face.clip { clips.append(donor.clip) }
    let method = forged == nil ? nil : entry.method?.name
    var sample = Sample(
      path: path, label: method == nil ? .real : .fake, split: entry.split, identities: people,
      clips: clips, method: method ?? Sample.real)
    sample.seed = seed
    var parameters = forged?.parameters ?? [:]
    parameters["source"] = .word(pictures[entry.face])
    if let donor = forged?.donor { parameters["donor_source"] = .word(pictures[donor]) }
    sample.parameters = parameters
    return sample
  }

  /// The landmarks of a 256×256 picture in one of the samples' size, rounded as in the manifest.
  func placed(_ landmarks: [SIMD2<Float>]?) -> [SIMD2<Float>]? {
    let scale = Float(side) / Float(Crop.pictureSide)
    return landmarks?.map { ($0 * scale * 100).rounded(.toNearestOrEven) / 100 }
  }
}
