// All of it in one process, which is quicker than one for each file; `node --test` runs them alike.
import './harness.test.mjs';
import './chat.test.mjs';
import './operations.test.mjs';
import './media.test.mjs';
import './responses.test.mjs';
import './refusals.test.mjs';
import './router.test.mjs';
import './ai-sdk.test.mjs';
import './page.test.mjs';
