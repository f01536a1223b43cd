package io.patchbay.connector.definition;

import io.patchbay.canvas.Doc;
import org.jspecify.annotations.Nullable;

/** Keys of Amazon's signature, version 4. */
@Doc("Keys of Amazon's signature, version 4")
public record AwsConfig(
        @Doc("Id of the access key") Text accessKeyId,

        @Doc("The secret access key") Text secretAccessKey,

        @Doc("The token of temporary keys") @Nullable Text sessionToken,

        @Doc("The region, like eu-central-1") Text region,

        @Doc("The service's name in signatures, like execute-api or s3")
        Text service,

        @Doc("Whether the path is encoded once more for the signature; by default for all services but s3") @Nullable
        Boolean doubleEncoding,

        @Doc("Whether the hash of the body is sent as a header; by default for s3") @Nullable
        Boolean contentHash) {}
