// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0

/** AssertJ assertions for every device of a lab. */
module dev.ringside.assertj {
  requires transitive dev.ringside;
  requires transitive org.assertj.core;
  requires static transitive org.jspecify;

  exports dev.ringside.assertj;
  exports dev.ringside.assertj.error;
}
