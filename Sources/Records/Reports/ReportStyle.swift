/// The style of pages and charts, for light and dark screens and for print.
public enum ReportStyle {
  /// The style of pages with charts.
  public static let sheet = page + "\n" + charts

  /// The page: one column of text, and scrolling tables.
  static let page = """
    :root { color-scheme: light dark; }
    body { margin: 0; background: var(--paper); color: var(--ink);
      font: 1rem/1.5 system-ui, "DejaVu Sans", sans-serif; }
    main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
    h1 { font-size: 1.6rem; overflow-wrap: anywhere; }
    h2 { font-size: 1.2rem; margin-top: 2.2rem; break-after: avoid; }
    p, ul { max-width: 44rem; }
    .wide { overflow-x: auto; margin: 1rem 0; }
    table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 0.92rem; }
    th, td { padding: 0.3rem 0.8rem 0.3rem 0; text-align: left; border-bottom: 1px solid var(--grid);
      vertical-align: top; overflow-wrap: break-word; }
    td.number { white-space: nowrap; } tr { break-inside: avoid; }
    th { font-weight: 600; color: var(--faint); }
    figure { margin: 1.5rem 0; break-inside: avoid; }
    .charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(26rem, 100%), 1fr));
      gap: 0 1.5rem; align-items: start; }
    .charts figure { margin: 0.8rem 0; }
    figure svg, figure img { max-width: 100%; height: auto; }
    figcaption { color: var(--faint); font-size: 0.9rem; max-width: 44rem; }
    pre { background: var(--shade); padding: 0.8rem; border-radius: 4px; white-space: pre-wrap;
      overflow-wrap: anywhere; }
    @page { margin: 1.6cm; }
    @media print { :root { font-size: 11px; } main, p, ul, figcaption { max-width: none; }
      main { padding: 0; } .wide { overflow: visible; }
      th, td { padding-right: 0.5rem; } figure svg { max-width: 13cm; }
      .charts { grid-template-columns: 1fr 1fr; } .charts figure svg { max-width: 100%; } }
    """

  /// Colors that are distinguishable with any color vision (Okabe & Ito 2008), lighter in dark
  /// mode.
  static let charts = """
    :root { --paper: #ffffff; --ink: #202124; --faint: #5f6368; --grid: #e8eaed; --shade: #f4f5f7;
      --s0: #0072b2; --s1: #d55e00; --s2: #009e73; --s3: #cc79a7; --s4: #b27d00; --s5: #3a9bd4;
      --s6: #202124; }
    @media screen and (prefers-color-scheme: dark) {
      :root { --paper: #17181a; --ink: #e8eaed; --faint: #a9adb3; --grid: #34363a;
        --shade: #222428; --s0: #56b4e9; --s1: #f2955a; --s2: #35c49a; --s3: #e3a3c8; --s4: #e6b84d;
        --s5: #8fd0f5; --s6: #e8eaed; } }
    @media print { :root { --paper: #ffffff; --ink: #000000; --faint: #444444; --grid: #cccccc; } }
    .chart text { font: 12px system-ui, "DejaVu Sans", sans-serif; fill: var(--ink); }
    .chart .faint { fill: var(--faint); }
    .chart .title { font-weight: 600; font-size: 13px; }
    .chart .grid { stroke: var(--grid); stroke-width: 1; }
    .chart .guide { stroke: var(--faint); stroke-width: 1; stroke-dasharray: 4 4; fill: none; }
    .chart .line { fill: none; stroke-width: 2; stroke-linejoin: round; }
    .chart .whisker { stroke: var(--ink); stroke-width: 1.5; }
    .chart .band { opacity: 0.18; }
    """
}
