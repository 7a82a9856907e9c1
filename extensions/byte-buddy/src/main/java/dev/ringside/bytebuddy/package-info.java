// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
/**
 * Fault points: whatever a device of a lab can be told to do can fail, be late, get lost or happen
 * twice, at the call that the test names.
 *
 * <pre>{@code
 * Faults faults = new Faults();
 * try (Lab lab = Lab.builder().parts(faults).open()) {
 *   faults.before(PhysicalNic::fail).onCall(2).delay(Duration.ofMillis(3));
 *   ...
 * }
 * }</pre>
 *
 * <p>{@link dev.ringside.bytebuddy.Faults} is the door; {@link dev.ringside.bytebuddy.FaultPoints}
 * has the points that are worth a name.
 */
@NullMarked
package dev.ringside.bytebuddy;

import org.jspecify.annotations.NullMarked;
