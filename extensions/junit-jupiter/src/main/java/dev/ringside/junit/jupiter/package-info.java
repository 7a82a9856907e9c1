// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0

/**
 * The JUnit Jupiter extension: labs and devices as parameters and fields of a test.
 *
 * <pre>{@code
 * @ExtendWith(RingsideExtension.class)
 * class FailoverTest {
 *
 *   @Test
 *   void direct_access_follows_the_pnic_that_takes_over(
 *       @HostSpec(pnics = 2, virtualFunctions = 4, vms = "web") Host host, Lab lab) {
 *     host.pnic("p0").fail();
 *     ...
 *   }
 * }
 * }</pre>
 *
 * <p>{@link dev.ringside.junit.jupiter.RingsideExtension} is the door and says the rest.
 */
@NullMarked
package dev.ringside.junit.jupiter;

import org.jspecify.annotations.NullMarked;
