/**
 * Flow tables: ordered entries, each a match and a destination.
 *
 * <pre>
 *   packet --&gt; table: entry 0  no
 *                     entry 1  mirror: a copy goes to a ring, the walk goes on
 *                     entry 2  match --&gt; sub-table: entry 2.0  no
 *                     entry 3  never asked             entry 2.1  match --&gt; ring 2
 * </pre>
 *
 * <p>The first entry that matches stops the walk of its table; from a sub-table there is no way
 * back. What no entry of a table matches goes to the table's default, else to that of the entry
 * which led there, else it is a miss, and the owner of the table says what becomes of it. A packet
 * sees one version of all tables, however a matcher changes them meanwhile. A packet with a header
 * that cannot be read is not classified, and one on which a matcher fails neither.
 */
@NullMarked
package dev.ringside.flow;

import org.jspecify.annotations.NullMarked;
