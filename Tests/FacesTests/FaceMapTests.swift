import Engine
import Media
import TestSupport
import Testing

@testable import Faces

@Suite struct FaceMapTests {
  private let landmarks = MeanFace.aligned.map { SIMD2<Float>($0) }

  private func values(_ map: Image, _ place: SIMD2<Double>) -> [UInt8] {
    let at = (Int(place.y) * 256 + Int(place.x)) * 3
    return Array(map.pixels[at..<at + 3])
  }

  @Test func faceEyesAndMouthAreWhereTheyShouldBe() {
    let map = FaceMap.picture(landmarks: landmarks)
    let eye = MeanFace.aligned[36..<42].reduce(SIMD2(0, 0), +) / 6
    let mouth = MeanFace.aligned[48..<60].reduce(SIMD2(0, 0), +) / 12
    #expect(values(map, eye) == [255, 255, 0])
    #expect(values(map, mouth) == [255, 0, 255])
    #expect(values(map, MeanFace.aligned[29]) == [255, 0, 0])
    #expect(values(map, SIMD2(3, 3)) == [0, 0, 0])
  }

  @Test func withoutLandmarksTheFaceIsTheEllipse() {
    let map = FaceMap.ellipse()
    #expect(values(map, SIMD2(128, 128)) == [255, 0, 0])
    #expect(values(map, SIMD2(50, 50)) == [0, 0, 0])
    let crop = Crop.faces(of: [map]).channels(0..<1)
    #expect(allClose(crop, EllipseMask()(side: 64), tolerance: 0.02))
  }

  @Test func aMapIsWarpedAsTheTarget() {
    // The picture is its own map: what the batch says of both must agree but for the light.
    let images = gradientPictures(3, seed: 2)
    var settings = WarpSettings()
    settings.plainFraction = 0.5
    let batch = WarpedBatches(
      of: images, maps: images, size: 8, settings: settings, randomness: RandomSource(seed: 1)
    ).batch(iteration: 4)
    #expect(batch.map == batch.target)
    #expect(batch.input != batch.target)
  }

  @Test func unwarpedFacesAreTurnedAndShiftedAlone() {
    var settings = WarpSettings()
    settings.plainFraction = 0
    let batches = WarpedBatches(
      of: gradientPictures(3, seed: 2), size: 4, settings: settings,
      randomness: RandomSource(seed: 1))
    let batch = batches.batch(iteration: 2, isWarped: false)
    #expect(allClose(batch.input, batch.target, tolerance: 1e-2))
    #expect(!allClose(batches.batch(iteration: 2).input, batch.input, tolerance: 1e-2))
  }

  @Test func landmarksOfAWidePictureAreInItsMiddleSquare() throws {
    let folder = try TemporaryFolder()
    let points = [SIMD2<Float>](repeating: SIMD2(114, 32), count: 68)
    var names: [FaceEntry] = []
    for index in 10..<26 {
      let image = Image(width: 100, height: 64, filled: Color(9, UInt8(index), 9))
      try WholeFile.write(
        try image.encoded(as: .png, mark: nil), to: folder.path("\(index).png"))
      names.append(FaceEntry(file: "\(index).png", landmarks: points))
    }
    try FaceSet.write(names, to: folder.path)
    let pictures = try FaceFolder(at: folder.path).pictures
    // 18 columns are cut at the left; 64 pixels become 256.
    let (whole, crop) = (SIMD2<Float>(384, 128), SIMD2<Float>(134.4, 32))
    #expect(pictures.allSatisfy { $0.landmarks?.first == whole })
    let found = pictures[0].landmarks.map { Crop.points($0) }?.first ?? SIMD2<Float>.zero
    let error = found - crop
    #expect(abs(error.x) < 1e-3 && abs(error.y) < 1e-3)
  }
}
