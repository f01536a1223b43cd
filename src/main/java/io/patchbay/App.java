package io.patchbay;

import java.util.Arrays;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The program: {@code java -jar patchbay.jar} starts the runtime. */
@SpringBootApplication(proxyBeanMethods = false)
public class App {

    private static final String HOME = "--home=";

    /** Starts the runtime with the settings of {@code application.yaml}, the environment and {@code args}. */
    public static void main(String[] args) {
        SpringApplication.run(App.class, settings(args));
    }

    /** The command line as settings: {@code --home=DIR} is short for {@code --patchbay.home=DIR}. */
    static String[] settings(String[] args) {
        return Arrays.stream(args)
                .map(arg -> arg.startsWith(HOME) ? "--patchbay.home=" + arg.substring(HOME.length()) : arg)
                .toArray(String[]::new);
    }
}
