/// What a person wears and what grows on the head besides skin: ears, hair, brows, lashes, beard,
/// glasses, clothes.
struct Dressing {
  /// What goes with the head, before it is turned.
  let head: [Mesh]
  /// What stays as the head turns.
  let body: [Mesh]

  init(_ form: HeadForm) {
    // Hair, glasses and clothes keep still while the face moves.
    let rest = HeadForm(form.identity, Expression())
    var head = Hairdo(form.identity, scalp: Scalp(rest)).meshes()
    for side: Float in [-1, 1] {
      head.append(Ear(rest, side: side).mesh())
      head += Brow(form: form, side: side).meshes()
      head.append(Lashes(form: form, side: side).mesh())
    }
    head += Beard(form: form).meshes()
    head += Glasses(form: rest).meshes()
    self.head = head
    body = Clothes(rest).meshes()
  }
}
