/** The failover router: started from a configuration, it finishes a throttled request elsewhere. */
@NullMarked
package dev.spillway.router;

import org.jspecify.annotations.NullMarked;
