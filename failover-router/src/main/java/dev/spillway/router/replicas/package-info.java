/** What several routers know together; the only place that knows Lettuce. */
@NullMarked
package dev.spillway.router.replicas;

import org.jspecify.annotations.NullMarked;
