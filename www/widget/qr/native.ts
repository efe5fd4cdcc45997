/** The browser's own reader of barcodes (Barcode Detection API), where it has one. */

interface Detector {
  detect(source: CanvasImageSource): Promise<{ rawValue: string }[]>;
}

interface DetectorClass {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

export type Detect = (source: CanvasImageSource) => Promise<string[]>;

/**
 * `null` where there is none for QR codes: some browsers have the class and no formats. What is there may still find
 * nothing at all, as on macOS for years, so nobody should rely on it alone.
 */
export async function nativeDetect(): Promise<Detect | null> {
  try {
    const { BarcodeDetector } = globalThis as { BarcodeDetector?: DetectorClass };
    if (!BarcodeDetector || !(await BarcodeDetector.getSupportedFormats()).includes("qr_code")) return null;
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async (source) => {
      const found = await detector.detect(source).catch(() => []);
      return [...new Set(found.map(({ rawValue }) => rawValue).filter((text) => text !== ""))];
    };
  } catch {
    return null;
  }
}
