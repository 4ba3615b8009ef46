import Detection
import Engine
import Faces
import Foundation
import Media
import Records

/// The pictures of samples, held decoded or, where they are many, as the bytes of their files.
///
/// A 256×256 JPEG takes a tenth of its pixels, so that large sets fit into memory.
struct SamplePictures: Sendable {
  /// Pictures that are held decoded: 1 GB.
  private static let mostDecoded = 5000

  private enum Picture {
    case decoded(Image)
    case file([UInt8])
  }

  /// What the pictures are, in the order of the set.
  let samples: [Sample]
  private let pictures: [Picture]
  /// Pixels in a row of each file's picture.
  private let widths: [Int]

  /// Reads and decodes every picture once; one that cannot be, or has changed since it was made, is
  /// refused by name.
  init(_ samples: [Sample], of set: LabeledDataset) throws {
    let isDecoded = samples.count <= SamplePictures.mostDecoded
    let read = try ThreadPool.map(samples.count) { index in
      Result { () throws -> (Picture, width: Int) in
        let bytes = try SamplePictures.bytes(of: samples[index], in: set)
        let image = try Image(decoding: bytes, name: set.path(of: samples[index]))
        let picture = isDecoded ? Picture.decoded(SamplePictures.crop(image)) : .file(bytes)
        return (picture, image.width)
      }
    }.map { try $0.get() }
    self.init(samples: samples, pictures: read.map(\.0), widths: read.map(\.width))
  }

  /// Picture `index`, 256×256.
  subscript(index: Int) -> Image {
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

  /// How many there are.
  var count: Int { samples.count }

  /// What each is.
  var labels: [Label] { samples.map(\.label) }

  /// What figures are drawn by: the clip that a sample's own picture is from.
  var groups: [String] { samples.map { $0.clips.first ?? $0.path } }

  /// Pictures of one clip, made in one way: what stands for a video.
  var videos: [String] {
    samples.map { "\($0.clips.joined(separator: "+")) \($0.method)" }
  }

  /// The same, as trainers take them.
  var faces: DetectorFaces { DetectorFaces(labels: labels, units: units) { self[$0] } }

  /// Neighbors that were made of the same face: a real one and its twin.
  private var units: [[Int]] {
    var units: [[Int]] = []
    for index in samples.indices {
      let source = samples[index].parameters?["source"]
      if let last = units.last?.last, source != nil, samples[last].parameters?["source"] == source,
        samples[last].clips.first == samples[index].clips.first
      {
        units[units.count - 1].append(index)
      } else {
        units.append([index])
      }
    }
    return units
  }

  /// Some of them.
  func selecting(_ indices: [Int]) -> SamplePictures {
    SamplePictures(
      samples: indices.map { samples[$0] }, pictures: indices.map { pictures[$0] },
      widths: indices.map { widths[$0] })
  }

  /// At most `most` of each class, evenly spread.
  func thinned(to most: Int) -> SamplePictures {
    let chosen = Label.allCases.flatMap { label -> [Int] in
      let own = samples.indices.filter { samples[$0].label == label }
      let count = min(most, own.count)
      return (0..<count).map { own[$0 * own.count / count] }
    }
    return selecting(chosen.sorted())
  }

  /// How sharp the real faces are against what surrounds them; nil where fewer than 16 have
  /// landmarks.
  var sharpness: RealBand? {
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

  private init(samples: [Sample], pictures: [Picture], widths: [Int]) {
    (self.samples, self.pictures, self.widths) = (samples, pictures, widths)
  }

  private static func bytes(of sample: Sample, in set: LabeledDataset) throws -> [UInt8] {
    let path = set.path(of: sample)
    guard let data = FileManager.default.contents(atPath: path) else {
      throw RecordsError.unreadable(path: path, reason: "cannot open the file")
    }
    let bytes = [UInt8](data)
    if let hash = sample.hash, hash != FileHash.of(bytes) {
      throw WorkflowError.changedSample(path: path)
    }
    return bytes
  }
}
