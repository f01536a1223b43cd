package io.patchbay.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** A test of the API over a real port, behind the real login. All of them share one context: none may add settings of its own. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = ApiProgram.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "patchbay.admin-token=" + ApiProgram.TOKEN,
            "patchbay.api.max-body=100KB",
            // Some ask thousands of times.
            "patchbay.rate.calls=1000000",
            "patchbay.rate.strangers=1000000",
            // Others are refused hundreds of times in the minute before one looks at what was written of its own.
            "patchbay.audit.denials-per-minute=10000"
        })
@interface OverHttp {}
