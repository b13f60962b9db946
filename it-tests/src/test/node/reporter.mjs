// One line of JSON for each test, for NodeClientIT.
export default async function* lines(source) {
  for await (const event of source) {
    if (event.type === 'test:pass' || event.type === 'test:fail') {
      const { name, nesting, details, skip } = event.data;
      const error = details.error?.cause ?? details.error;
      yield `${JSON.stringify({
        name,
        nesting,
        millis: Math.round(details.duration_ms),
        skipped: skip !== undefined,
        failure: event.type === 'test:fail' ? String(error?.stack ?? error) : null,
      })}\n`;
    }
    if (event.type === 'test:stderr' || event.type === 'test:stdout') {
      yield `${JSON.stringify({ printed: event.data.message })}\n`;
    }
  }
}
