/** A body that is made while it is sent. */

/**
 * `close` is called once: at the end, when making it fails, or when nobody listens any more, be it before it began. A failure breaks the
 * connection off, so that a browser says that the download failed.
 */
export function streamOf(
  pieces: AsyncGenerator<Uint8Array<ArrayBuffer>>,
  close: () => Promise<void>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let isOpen = true;
  const end = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    await close();
  };
  return new ReadableStream(
    {
      pull: async (controller) => {
        try {
          const next = await pieces.next();
          if (!next.done) return controller.enqueue(next.value);
          await end();
          controller.close();
        } catch (error) {
          await end();
          controller.error(error);
        }
      },
      cancel: async () => {
        await pieces.return(undefined);
        await end();
      },
    },
    // Nothing is made before it is asked for.
    { highWaterMark: 0 },
  );
}
