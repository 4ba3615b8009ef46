import Engine
import Media
import TestSupport
import Testing

@testable import Faces

@Suite struct CropTests {
  // >>> im = (lcg(256*256*3) * 256).astype(np.uint8).reshape(256, 256, 3)
  // >>> t = cv2.resize(im[48:208, 48:208], (64, 64), interpolation=cv2.INTER_AREA)
  // >>> t.sum(), (t.ravel().astype(np.uint64) * (np.arange(t.size, dtype=np.uint64) % 997)).sum()
  // (1572701, 769336758)
  // >>> t[0, 0], t[1, 1], t[63, 63], t[17, 40]
  // ([113, 89, 125], [128, 139, 125], [89, 105, 143], [156, 126, 91])
  @Test func equalsOpenCVToTheBit() {
    let face = Crop.face(.noise(width: 256, height: 256))
    #expect(face.shape == [1, 64, 64, 3])
    let bytes = face.values.map { Int(($0 * 255).rounded()) }
    #expect(bytes.reduce(0, +) == 1_572_701)
    #expect(bytes.indices.reduce(0) { $0 + bytes[$1] * ($1 % 997) } == 769_336_758)
    let places = [0, 65, 4095, 17 * 64 + 40].map { Array(bytes[($0 * 3)..<($0 * 3 + 3)]) }
    #expect(places == [[113, 89, 125], [128, 139, 125], [89, 105, 143], [156, 126, 91]])
  }

  // The same at other sizes; 192 pixels by definition: each is the mean of 5×5 sixths of a pixel.
  // >>> t = cv2.resize(im[48:208, 48:208], (s, s), interpolation=cv2.INTER_AREA)
  @Test(arguments: [
    (96, 3_538_681, 1_745_347_246), (128, 6_290_940, 3_120_038_265),
    (192, 14_154_767, 7_041_850_986),
  ])
  func equalsOpenCVAtLargerSizes(side: Int, sum: Int, weighted: Int) {
    let face = Crop.face(.noise(width: 256, height: 256), side: side)
    #expect(face.shape == [1, side, side, 3])
    let bytes = face.values.map { Int(($0 * 255).rounded()) }
    #expect(bytes.reduce(0, +) == sum)
    #expect(bytes.indices.reduce(0) { $0 + bytes[$1] * ($1 % 997) } == weighted)
  }

  @Test func aCropComesBackAsAPicture() {
    let images = [Image.noise(width: 256, height: 256), .smooth(side: 256)]
    let faces = Crop.faces(of: images)
    for index in 0..<2 {
      let image = Crop.image(of: faces, at: index)
      #expect((image.width, image.height) == (64, 64))
      #expect(image.pixels.map { Float($0) / 255 } == Crop.face(images[index]).values)
    }
  }

  @Test func valuesBeyondTheRangeAreHeldInIt() {
    let values: [Float] = [-1, 0.5, 2, .nan, .infinity, -.infinity]
    let image = Crop.image(of: Tensor(shape: [1, 1, 2, 3], values: values), at: 0)
    #expect(image.pixels == [0, 128, 255, 0, 255, 0])
  }

  @Test func facesKeepTheirOrder() {
    let images = [Image.noise(width: 256, height: 256), .smooth(side: 256)]
    let both = Crop.faces(of: images)
    #expect(both.shape == [2, 64, 64, 3])
    #expect(both.values == Crop.face(images[0]).values + Crop.face(images[1]).values)
  }

  @Test func regionIsTheCropsOwnAtTheCropsSize() {
    let region = CropRegion(width: 256, height: 256)
    #expect(region.columns == 48..<208)
    #expect(region.rows == 48..<208)
    #expect(region.side == 160)
  }

  @Test(arguments: [(1, 1), (31, 500), (640, 480), (100, 101), (3000, 2)])
  func regionLiesInThePicture(width: Int, height: Int) {
    let region = CropRegion(width: width, height: height)
    #expect(region.columns.lowerBound >= 0 && region.columns.upperBound <= width)
    #expect(region.rows.lowerBound >= 0 && region.rows.upperBound <= height)
    #expect(region.side == Double(min(width, height)) * 0.625)
  }

  @Test func anOddPixelOfTheSquareIsLeftAtTheEnd() {
    let wide = CenterSquare(width: 103, height: 100)
    #expect((wide.x, wide.y, wide.side) == (1, 0, 100))
    let high = CenterSquare(width: 100, height: 104)
    #expect((high.x, high.y, high.side) == (0, 2, 100))
  }
}
