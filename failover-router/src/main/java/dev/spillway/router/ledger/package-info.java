/** What the backends' models have worked for whom, and what of it was of use. */
@NullMarked
package dev.spillway.router.ledger;

import org.jspecify.annotations.NullMarked;
