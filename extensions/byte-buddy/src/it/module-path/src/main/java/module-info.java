// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0

/** A user's module whose tests have faults and a guard. */
module downstream {
  requires dev.ringside.all;
  requires dev.ringside.bytebuddy;
}
