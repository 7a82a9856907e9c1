// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0

/** The usual set in one module: the framework, its JUnit Jupiter extension and its assertions. */
module dev.ringside.all {
  requires transitive dev.ringside;
  requires transitive dev.ringside.assertj;
  requires transitive dev.ringside.junit.jupiter;
}
