import Engine
import Faces
import Generation
import Media
import Synthesis

extension SwapGroundTruth {
  /// Renders the ground truth of the held-out pictures; nil where it is not known.
  ///
  /// - Parameters:
  ///   - size: the side of the model's faces, in pixels.
  ///   - report: gets the number of pictures before they are rendered, or why there are none.
  static func rendered(
    a: SwapSide, b: SwapSide, size: Int, report: (SwapEvent) -> Void
  ) -> SwapGroundTruth? {
    guard a.isSynthetic || b.isSynthetic else { return nil }
    do throws(MissingGroundTruth) {
      let (personA, personB) = (try a.person(), try b.person())
      guard personA != personB else { throw MissingGroundTruth("A and B are the same identity") }
      report(.foundGroundTruth(a: a.evaluated.count, b: b.evaluated.count))
      let find = landmarkFinder(report)
      return SwapGroundTruth(
        a2b: try a.swapped(to: personB, size: size, find: find),
        b2a: try b.swapped(to: personA, size: size, find: find))
    } catch {
      report(.lacksGroundTruth("No ground-truth metrics: \(error.reason)."))
      return nil
    }
  }

  /// dlib's predictor, if its model is installed.
  private static func landmarkFinder(_ report: (SwapEvent) -> Void) -> LandmarkFinder? {
    do {
      let finder = try FaceFinder()
      return { try? finder.landmarks(in: $0, near: $1) }
    } catch {
      report(.lacksGroundTruth("No landmark NME of swaps: \(error)"))
      return nil
    }
  }
}

/// The reason why ground truth is unavailable.
struct MissingGroundTruth: Error, Equatable {
  let reason: String
  init(_ reason: String) { self.reason = reason }
}

extension SwapSide {
  /// The held-out pictures that are evaluated, as `SwapFaces.evaluated`.
  var evaluated: [FacePicture] {
    Array(folder.pictures[folder.heldOut]).sample(SwapFaces.leastEvaluated)
  }

  /// True if any picture has scene parameters.
  fileprivate var isSynthetic: Bool { folder.pictures.contains { $0.line?.scene != nil } }

  private var name: String { side.rawValue.uppercased() }

  /// The identity of all pictures.
  fileprivate func person() throws(MissingGroundTruth) -> Identity {
    let scenes = folder.pictures.compactMap(\.line?.scene)
    guard let first = scenes.first, scenes.count == folder.pictures.count else {
      throw MissingGroundTruth("not all pictures of \(name) are synthetic")
    }
    guard scenes.allSatisfy({ $0.identity == first.identity }) else {
      throw MissingGroundTruth("the pictures of \(name) show several identities")
    }
    return first.identity
  }

  /// The ground truth of the held-out pictures.
  fileprivate func swapped(
    to person: Identity, size: Int, find: LandmarkFinder?
  ) throws(MissingGroundTruth) -> GroundTruthDirection {
    let pictures = evaluated.compactMap { picture in
      picture.line?.scene.map { (picture: picture.image, scene: $0, clip: picture.line?.source) }
    }
    let few = pictures.sample(3).map { ($0.picture, $0.scene) }
    guard GroundTruthScene.agreement(of: few) >= GroundTruthScene.leastAgreement else {
      throw MissingGroundTruth(
        "the pictures of \(name) were rendered by another version of the program; rerender them with "
          + "'dflab faces synthesize'")
    }
    let scenes = ThreadPool.map(pictures.count) { index in
      var scene = pictures[index].scene
      scene.identity = person
      return GroundTruthScene(
        picture: pictures[index].picture,
        truth: scene.rendered(side: Crop.pictureSide, isClean: true), clip: pictures[index].clip)
    }
    let usable = scenes.filter { $0.faceShare >= GroundTruthScene.leastFace }
    guard !usable.isEmpty else {
      throw MissingGroundTruth("no picture of \(name) shows enough of the face")
    }
    return GroundTruthDirection(usable, to: side.other, side: size, find: find)
  }
}
