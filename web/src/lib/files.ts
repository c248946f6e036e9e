/** Files that the browser saves, and those that it sends. */

export function saveFile(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href)); // after the browser has begun to read it
}

/** The contents of a file, as a body in JSON can carry them. */
export async function base64(file: Blob): Promise<string> {
  const url = await new Promise<string>((done) => {
    const reader = new FileReader();
    reader.onloadend = () => done(String(reader.result ?? ""));
    reader.readAsDataURL(file);
  });
  return file.size ? url.slice(url.indexOf(",") + 1) : "";
}
