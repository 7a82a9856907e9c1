// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0

/** A user's module whose tests have faults and a guard. */
module downstream {
  requires dev.ringside.bytebuddy;
  requires dev.ringside.junit.jupiter;
  requires org.assertj.core;
}
