import Engine
public import Faces
public import Media

/// The pictures of samples, held decoded or, where they are many, as the bytes of their files.
///
/// A 256×256 JPEG takes a tenth of its pixels, so that large sets fit into memory. A clip has a
/// picture for each of its frames, one after the other.
public struct SamplePictures: Sendable {
  /// Pictures that are held decoded: 1 GB.
  private static let mostDecoded = 5000

  private enum Picture {
    case decoded(Image)
    case file([UInt8])
  }

  /// A sample: where its pictures are, and what is known of it as a clip.
  private struct Clip {
    let pictures: Range<Int>
    let sample: Sample
  }

  /// What each picture is: a sample, or a frame of a clip as a sample of its own.
  public let samples: [Sample]
  /// What is known of the people; nil where the dataset says nothing.
  let people: PeopleTable?
  private let clips: [Clip]
  private let pictures: [Picture]
  /// Pixels in a row of each file's picture.
  private let widths: [Int]

  /// Reads and decodes every picture once; one that cannot be is refused by name.
  ///
  /// - Parameter bytes: the file of a sample's picture; it is called on several threads.
  public init(
    _ samples: [Sample], of set: LabeledDataset,
    reading bytes: @Sendable (_ sample: Sample) throws -> [UInt8]
  ) throws {
    let stills = samples.flatMap(\.stills)
    let isDecoded = stills.count <= SamplePictures.mostDecoded
    let read = try ThreadPool.map(stills.count) { index in
      Result { () throws -> (Picture, width: Int) in
        let bytes = try bytes(stills[index])
        let image = try Image(decoding: bytes, name: set.path(of: stills[index]))
        let picture = isDecoded ? Picture.decoded(SamplePictures.crop(image)) : .file(bytes)
        return (picture, image.width)
      }
    }.map { try $0.get() }
    self.init(
      samples, people: try PeopleTable(of: set.path), pictures: read.map(\.0),
      widths: read.map(\.width))
  }

  private init(
    _ samples: [Sample], people: PeopleTable?, pictures: [Picture], widths: [Int]
  ) {
    (self.samples, self.people) = (samples.flatMap(\.stills), people)
    var next = 0
    clips = samples.map { sample in
      defer { next += sample.files.count }
      return Clip(pictures: next..<next + sample.files.count, sample: sample)
    }
    (self.pictures, self.widths) = (pictures, widths)
  }

  /// Picture `index`, 256×256.
  public subscript(index: Int) -> Image {
    switch pictures[index] {
    case .decoded(let image): return image
    case .file(let bytes):
      do {
        return SamplePictures.crop(try Image(decoding: bytes, name: samples[index].path))
      } catch {
        preconditionFailure("'\(samples[index].path)' was decoded before: \(error)")
      }
    }
  }

  /// The picture as large as detectors take it.
  private static func crop(_ image: Image) -> Image {
    let side = Crop.pictureSide
    guard image.width != side || image.height != side else { return image }
    return image.resized(
      width: side, height: side, filter: min(image.width, image.height) > side ? .area : .lanczos)
  }

  /// How many pictures there are.
  public var count: Int { samples.count }

  /// How many samples there are; a clip is one.
  public var sampleCount: Int { clips.count }

  /// What each picture is.
  public var labels: [Label] { samples.map(\.label) }

  /// What metrics are drawn by: the clip that a sample's own picture is from.
  public var groups: [String] { samples.map { $0.clips.first ?? $0.path } }

  /// What stands for a video: a sample that is a clip; of stills, those of one clip made in one way.
  public var videos: [String] {
    clips.flatMap { clip in clip.pictures.map { _ in SamplePictures.video(of: clip.sample) } }
  }

  private static func video(of sample: Sample) -> String {
    sample.isClip ? sample.path : "\(sample.clips.joined(separator: "+")) \(sample.method)"
  }

  /// The number of identities in them.
  public var identities: Int { Set(clips.flatMap(\.sample.identities)).count }

  /// The same, as trainers and detectors take them.
  ///
  /// - Parameter groups: what must not be both learned from and validated on, by sample.
  public func labeledClips(groups: (Sample) -> String = { $0.clips.first ?? $0.path })
    -> LabeledClips
  {
    LabeledClips(
      labels: clips.map(\.sample.label), lengths: clips.map(\.pictures.count),
      groups: clips.map { groups($0.sample) },
      videos: clips.map { SamplePictures.video(of: $0.sample) },
      methods: clips.map(\.sample.method),
      faces: DetectorFaces(labels: labels, units: units) { self[$0] }
    ) { clip($0) }
  }

  /// The pictures of a sample as a detector is given them.
  private func clip(_ index: Int) -> FaceClip {
    let clip = clips[index]
    let frames = clip.pictures.map { place in
      var frame = FaceClip.Frame(crop: self[place])
      let sample = samples[place]
      let scale = Double(Crop.pictureSide) / Double(widths[place])
      frame.landmarks = sample.landmarks?.map { $0 * Float(scale) }
      frame.number = sample.frame
      if let own = clip.sample.frames?[place - clip.pictures.lowerBound] {
        (frame.time, frame.box) = (own.time, own.box)
        frame.matrix = own.matrix.map { $0.scaled(by: scale) }
      }
      return frame
    }
    return FaceClip(frames, rate: clip.sample.rate, identity: clip.sample.identities.first)
  }

  /// Neighbors that were made of the same face: a real one and its twin; of clips, frame by frame.
  private var units: [[Int]] {
    var groups: [[Clip]] = []
    for clip in clips {
      let source = clip.sample.parameters?["source"]
      if let last = groups.last?.last, source != nil, last.sample.parameters?["source"] == source,
        last.sample.clips.first == clip.sample.clips.first,
        last.pictures.count == clip.pictures.count
      {
        groups[groups.count - 1].append(clip)
      } else {
        groups.append([clip])
      }
    }
    return groups.flatMap { group in
      (0..<group[0].pictures.count).map { offset in
        group.map { $0.pictures.lowerBound + offset }
      }
    }
  }

  /// The same samples with other pictures of 256×256.
  ///
  /// - Parameter change: makes picture `index` another; it is called on several threads.
  public func mapped(
    _ change: @Sendable (_ index: Int, Image) throws -> Image
  ) throws -> SamplePictures {
    let changed = try ThreadPool.map(count) { index in
      Result { Picture.decoded(try change(index, self[index])) }
    }.map { try $0.get() }
    return SamplePictures(
      clips.map(\.sample), people: people, pictures: changed,
      widths: [Int](repeating: Crop.pictureSide, count: count))
  }

  /// At most `most` pictures of each class, evenly spread; clips stay whole.
  public func thinned(to most: Int) -> SamplePictures {
    let share = max(1, most * clips.count / max(1, count))
    let chosen = clips.map(\.sample.label).thinned(to: share).map { clips[$0] }
    let places = chosen.flatMap(\.pictures)
    return SamplePictures(
      chosen.map(\.sample), people: people, pictures: places.map { pictures[$0] },
      widths: places.map { widths[$0] })
  }

  /// How sharp the real faces are against what surrounds them; nil where fewer than 16 have
  /// landmarks.
  public var sharpness: RealBand? {
    let own = samples.indices.filter {
      samples[$0].label == .real && samples[$0].landmarks != nil
    }
    guard own.count >= 16 else { return nil }
    let scale = Float(Crop.pictureSide)
    let values = ThreadPool.map(own.count) { index -> Double in
      let sample = samples[own[index]]
      let points = (sample.landmarks ?? []).map { $0 * (scale / Float(widths[own[index]])) }
      return SharpnessContrast(of: self[own[index]], landmarks: points).value
    }
    return RealBand(of: values)
  }
}
